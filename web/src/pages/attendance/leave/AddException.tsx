import { useState } from 'react'
import { ApiError } from '@/api/error.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { DateField, Select, TextField } from '@/ui/Field.tsx'
import { type FoundPerson, PersonSearch } from '@/ui/PersonSearch.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { leaveTexts } from './texts.ts'
import { exceptionTypes, type ExceptionType, type useExceptionChanges } from './useExceptions.ts'

interface AddExceptionProps {
  add: ReturnType<typeof useExceptionChanges>['add']
  onClose: () => void
}

export function AddException({ add, onClose }: AddExceptionProps) {
  const t = useTexts(leaveTexts)
  const common = useTexts(commonTexts)
  const { may } = useSession()
  const errorText = useErrorText()
  const mayApprove = may('attendance:approve')
  const [type, setType] = useState<ExceptionType>('leave')
  const [person, setPerson] = useState<FoundPerson | null>(null)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const [isApproved, setApproved] = useState(mayApprove)
  const [isTried, setTried] = useState(false)
  const fields = add.error instanceof ApiError ? add.error.fields : {}
  const whoMissing = type === 'leave' && !person
  const submit = async () => {
    setTried(true)
    if (whoMissing || from === '') return
    try {
      await add.mutateAsync({
        type,
        employee_id: person?.code ?? null,
        from,
        to: to === '' ? from : to,
        reason: reason.trim(),
        ...(mayApprove && { approve: isApproved }),
      })
      close()
    } catch {
      // Shown below.
    }
  }
  const close = () => {
    add.reset()
    onClose()
  }
  return (
    <Dialog
      title={t('addTitle')}
      description={t('addHint')}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{common('cancel')}</Button>
          <Button kind="primary" isBusy={add.isPending} onClick={() => void submit()}>
            {t('add')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t('type')}
          hint={type === 'special_event' ? t('special_eventHint') : undefined}
          value={type}
          error={fields['type']}
          onChange={(event) => setType(exceptionTypes.find((one) => one === event.target.value) ?? 'leave')}
        >
          {exceptionTypes.map((one) => (
            <option key={one} value={one}>
              {t(one)}
            </option>
          ))}
        </Select>
        <PersonSearch
          label={t('who')}
          placeholder={type === 'leave' ? '' : t('everybody')}
          value={person?.name ?? ''}
          error={(isTried && whoMissing ? t('whoMissing') : undefined) ?? fields['employee_id']}
          onChoose={setPerson}
        />
        <DateField
          label={t('from')}
          value={from}
          error={(isTried && from === '' ? t('fromMissing') : undefined) ?? fields['from']}
          onChange={(event) => setFrom(event.target.value)}
        />
        <DateField
          label={t('to')}
          isOptional
          value={to}
          min={from}
          error={fields['to']}
          onChange={(event) => setTo(event.target.value)}
        />
        <TextField
          label={t('reason')}
          isOptional
          className="sm:col-span-2"
          maxLength={500}
          value={reason}
          error={fields['reason']}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {mayApprove && (
        <div className="mt-4">
          <Switch label={t('approveAtOnce')} checked={isApproved} onChange={setApproved} />
        </div>
      )}
      {add.error && (
        <p role="alert" className="mt-3 text-bad">
          {errorText(add.error)}
        </p>
      )}
    </Dialog>
  )
}
