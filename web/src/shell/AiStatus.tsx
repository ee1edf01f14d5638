import { clsx } from 'clsx'
import { Popover } from 'radix-ui'
import { asSentence, useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useLive } from '@/live/connection.ts'
import { shellTexts } from './texts.ts'

/** Whether cameras are analysed; what ails and the models are behind it. */
export function AiStatus() {
  const t = useTexts(shellTexts)
  const say = useServerText()
  const { ai, connection } = useLive()
  const state =
    !ai || connection !== 'connected'
      ? ({ look: 'bg-line-strong', word: t('aiWaiting') } as const)
      : ai.status === 'offline'
        ? ({ look: 'bg-bad', word: t('aiOffline') } as const)
        : ai.well
          ? ({ look: 'bg-good', word: t('aiOnline') } as const)
          : ({ look: 'bg-warn', word: t('aiTrouble') } as const)
  return (
    <Popover.Root>
      <Popover.Trigger className="inline-flex min-h-10 items-center gap-2 rounded-lg px-2.5 text-sm font-medium text-soft hover:bg-sunken hover:text-ink">
        <span className={clsx('size-2.5 rounded-full', state.look)} aria-hidden />
        <span className="max-sm:sr-only">{state.word}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={t('aiDetails')}
          className="z-50 w-[min(24rem,calc(100vw-1rem))] rounded-2xl border border-line bg-card p-4 shadow-high"
        >
          <p className="font-semibold">{state.word}</p>
          {ai && (
            <>
              <ul className="mt-2 flex flex-col gap-1">
                {ai.reason ? (
                  ai.reason.split('; ').map((line) => <li key={line}>{asSentence(say(line))}</li>)
                ) : (
                  <li>{t('allWell')}</li>
                )}
              </ul>
              <p className="mt-3 border-t border-line pt-3 text-sm break-words text-soft">{ai.models}</p>
            </>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
