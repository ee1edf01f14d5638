import { useTexts } from '@/i18n/texts.ts'
import { useSession } from '@/shell/session.ts'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { HoursCard } from './HoursCard.tsx'
import { ModeCard } from './ModeCard.tsx'
import { NowCard } from './NowCard.tsx'
import { scheduleTexts } from './texts.ts'
import { UptimeCard } from './UptimeCard.tsx'
import { useScheduleState } from './useSchedule.ts'
import { VersionsCard } from './VersionsCard.tsx'

export default function SchedulePage() {
  const t = useTexts(scheduleTexts)
  const { may } = useSession()
  const { data: state, error, refetch } = useScheduleState()
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {error && !state ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !state ? (
        <SkeletonRows count={6} />
      ) : (
        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="flex min-w-0 flex-col gap-5">
            <NowCard state={state} />
            <HoursCard state={state} />
            {may('attendance:read') && <VersionsCard current={state.id} />}
          </div>
          <div className="flex min-w-0 flex-col gap-5">
            {may('schedule:write') && <ModeCard state={state} />}
            <UptimeCard />
          </div>
        </div>
      )}
    </>
  )
}
