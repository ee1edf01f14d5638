import { KeyRound, LogOut, UserRound } from 'lucide-react'
import { useState } from 'react'
import { type Language, languages, setLanguage, useLanguage } from '@/i18n/language.ts'
import { useTexts } from '@/i18n/texts.ts'
import { IconButton } from '@/ui/Button.tsx'
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '@/ui/Menu.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { ChangePassword } from './ChangePassword.tsx'
import { useSession } from './session.ts'
import { shellTexts } from './texts.ts'
import { setTheme, type Theme, useTheme } from './theme.ts'

export function AccountMenu() {
  const t = useTexts(shellTexts)
  const errorText = useErrorText()
  const { session, signOut } = useSession()
  const theme = useTheme()
  const language = useLanguage()
  const [isChanging, setChanging] = useState(false)
  const { name, display_name: displayName, roles } = session.user
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('account')}>
            <UserRound className="size-5" />
          </IconButton>
        }
      >
        <div className="px-2.5 py-2">
          <p className="font-medium">{displayName || name}</p>
          <p className="text-sm text-soft">{roles.join(', ')}</p>
        </div>
        <MenuSeparator />
        <MenuLabel>{t('theme')}</MenuLabel>
        <MenuChoice
          value={theme}
          onChange={(value) => setTheme(value as Theme)}
          choices={[
            { value: 'system', label: t('themeSystem') },
            { value: 'light', label: t('themeLight') },
            { value: 'dark', label: t('themeDark') },
          ]}
        />
        <MenuLabel>{t('language')}</MenuLabel>
        <MenuChoice
          value={language}
          onChange={(value) => setLanguage(value as Language)}
          choices={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        />
        <MenuSeparator />
        <MenuItem icon={<KeyRound className="size-4" />} onSelect={() => setChanging(true)}>
          {t('changePassword')}
        </MenuItem>
        <MenuItem
          icon={<LogOut className="size-4" />}
          onSelect={() => void signOut().catch((error: unknown) => toast('bad', errorText(error)))}
        >
          {t('signOut')}
        </MenuItem>
      </Menu>
      {isChanging && <ChangePassword onClose={() => setChanging(false)} />}
    </>
  )
}
