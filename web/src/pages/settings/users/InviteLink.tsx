import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Secret } from '@/ui/Secret.tsx'
import { ErrorState, Skeleton } from '@/ui/states.tsx'
import { settingsTexts } from '../texts.ts'
import { userTexts } from './texts.ts'
import type { User } from './useAccounts.ts'

interface InviteLinkProps {
  user: User
  /** Of somebody who was just added: nothing has to be asked first. */
  isAtOnce: boolean
  onClose: () => void
}

/** A link by which somebody chooses a password; it is in this dialog and nowhere else. */
export function InviteLink({ user, isAtOnce, onClose }: InviteLinkProps) {
  const t = useTexts(userTexts)
  const words = useTexts(settingsTexts)
  const common = useTexts(commonTexts)
  const name = user.display_name || user.name
  const make = useMutation({
    mutationFn: () => answerOf(api.POST('/api/users/{id}/invite', { params: { path: { id: user.id } } })),
    gcTime: 0,
  })
  const { mutate } = make
  const wasAsked = useRef(false)
  useEffect(() => {
    // Once, though effects run twice while the page is being developed: each link replaces the one before.
    if (!isAtOnce || wasAsked.current) return
    wasAsked.current = true
    mutate()
  }, [isAtOnce, mutate])
  const description = make.data ? t('linkHint', { hours: make.data.valid_hours }) : t('linkAskHint', { name })
  return (
    <Dialog
      title={t('linkTitle', { name })}
      description={description}
      onClose={onClose}
      footer={
        make.data ? (
          <Button kind="primary" onClick={onClose}>
            {common('done')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            {!isAtOnce && (
              <Button kind="primary" isBusy={make.isPending} onClick={() => make.mutate()}>
                {t('linkAsk')}
              </Button>
            )}
          </>
        )
      }
    >
      {make.error ? (
        <ErrorState error={make.error} onRetry={() => make.mutate()} />
      ) : make.data ? (
        <>
          <Secret
            label={t('link')}
            value={`${location.origin}${make.data.setup_path}`}
            copy={words('copy')}
            copied={words('copied')}
            failed={words('copyFailed')}
          />
          <p className="mt-2 text-sm font-medium text-warn">{words('shownOnce')}</p>
        </>
      ) : (
        (make.isPending || isAtOnce) && <Skeleton className="h-10" />
      )}
    </Dialog>
  )
}
