import { Component, type ReactNode } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { EmptyState } from '@/ui/states.tsx'
import { shellTexts } from './texts.ts'

interface Props {
  children: ReactNode
}

/** What breaks in a page stays in the page. */
export class ErrorBoundary extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children
  }
}

function Broken() {
  const t = useTexts(shellTexts)
  return (
    <div role="alert">
      <EmptyState
        title={t('crashed')}
        action={
          <Button kind="primary" onClick={() => location.reload()}>
            {t('reload')}
          </Button>
        }
      >
        {t('crashedHint')}
      </EmptyState>
    </div>
  )
}
