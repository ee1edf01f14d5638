import { type ReactNode, useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Permission } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Forbidden } from '@/shell/Forbidden.tsx'
import { useSession } from '@/shell/session.ts'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { Tabs } from '@/ui/Tabs.tsx'
import { AuditTab } from './audit/AuditTab.tsx'
import { KeysTab } from './keys/KeysTab.tsx'
import { ParametersTab } from './parameters/ParametersTab.tsx'
import { BackupsTab } from './system/BackupsTab.tsx'
import { SystemTab } from './system/SystemTab.tsx'
import { settingsTexts } from './texts.ts'
import { RolesTab } from './users/RolesTab.tsx'
import { SessionsTab } from './users/SessionsTab.tsx'
import { UsersTab } from './users/UsersTab.tsx'

interface Part {
  value: 'parameters' | 'users' | 'roles' | 'keys' | 'backups' | 'audit' | 'sessions' | 'system'
  needs?: Permission
  content: ReactNode
}

const parts: readonly Part[] = [
  { value: 'parameters', needs: 'system:admin', content: <ParametersTab /> },
  { value: 'users', needs: 'system:admin', content: <UsersTab /> },
  { value: 'roles', needs: 'system:admin', content: <RolesTab /> },
  { value: 'keys', needs: 'system:admin', content: <KeysTab /> },
  { value: 'backups', needs: 'system:admin', content: <BackupsTab /> },
  { value: 'audit', needs: 'audit:read', content: <AuditTab /> },
  { value: 'sessions', content: <SessionsTab /> },
  { value: 'system', content: <SystemTab /> },
]

/** /settings/users, /settings/audit, …; /settings shows the first part allowed. */
export default function SettingsPage() {
  const t = useTexts(settingsTexts)
  const { may } = useSession()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const allowed = parts.filter((part) => part.needs === undefined || may(part.needs))
  const asked = pathname.split('/')[2]
  const isForbidden = parts.some((part) => part.value === asked) && !allowed.some((part) => part.value === asked)
  const shown = allowed.find((part) => part.value === asked) ?? allowed[0]
  const value = shown?.value ?? ''
  useEffect(() => {
    // A phone shows three or four of them at a time.
    const tab = document.querySelector('[role=tab][aria-selected=true]')
    tab?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [value])
  if (isForbidden) return <Forbidden home="/settings" />
  return (
    <>
      <PageHeader title={t('title')} />
      <Tabs
        label={t('parts')}
        value={value}
        onChange={(next) => void navigate(`/settings/${next}`)}
        tabs={allowed.map((part) => ({ value: part.value, label: t(part.value), content: part.content }))}
      />
    </>
  )
}
