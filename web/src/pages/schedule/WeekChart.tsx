import { useTexts } from '@/i18n/texts.ts'
import {
  dayMinutes,
  hoursOf,
  isOvernight,
  lunchStretches,
  minutesOf,
  type Stretch,
  stretchesOf,
  weekdayOf,
} from './hours.ts'
import { useIsPhone } from '@/ui/useMediaQuery.ts'
import { scheduleTexts } from './texts.ts'
import { useDayNames } from './useSchedule.ts'

export interface WeekPlan {
  work_hours: string
  lunch_break: string | null
  working_days: readonly number[]
  grace_minutes: number
}

const row = 26
const labels = 44
const top = 20

/** The week as bars from midnight to midnight, with a line where it is now. */
export function WeekChart({ plan, now }: { plan: WeekPlan; now: string }) {
  const t = useTexts(scheduleTexts)
  const names = useDayNames()
  // Drawn at its own size on a phone, so that the letters stay readable.
  const width = useIsPhone() ? 330 : 720
  const x = (minutes: number) => labels + ((width - labels) * minutes) / dayMinutes
  const hours = hoursOf(plan.work_hours)
  const work = stretchesOf(hours, plan.working_days)
  const lunch = plan.lunch_break ? lunchStretches(hoursOf(plan.lunch_break), hours, plan.working_days) : []
  const grace = graceStretches(plan)
  const height = top + 7 * row
  const summary = names
    .map((name, day) => `${name}: ${plan.working_days.includes(day) ? plan.work_hours : t('free')}`)
    .join(', ')
  return (
    <figure>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary} className="w-full">
        {[0, 6, 12, 18, 24].map((hour) => (
          <g key={hour}>
            <line x1={x(hour * 60)} x2={x(hour * 60)} y1={top - 4} y2={height} className="stroke-line" />
            <text
              x={x(hour * 60)}
              y={11}
              textAnchor={hour === 24 ? 'end' : hour === 0 ? 'start' : 'middle'}
              className="fill-soft text-[11px]"
            >
              {String(hour).padStart(2, '0')}:00
            </text>
          </g>
        ))}
        {names.map((name, day) => (
          <g key={name}>
            <text x={0} y={top + day * row + 17} className="fill-soft text-[12px]">
              {name}
            </text>
            <rect
              x={labels}
              y={top + day * row + 4}
              width={width - labels}
              height={row - 8}
              rx={4}
              className="fill-sunken"
            />
          </g>
        ))}
        <Bars x={x} stretches={work} className="fill-accent" />
        <Bars x={x} stretches={grace} className="fill-warn" />
        <Bars x={x} stretches={lunch} className="fill-card stroke-accent" />
        <line
          x1={x(minutesOf(now.slice(11, 16)))}
          x2={x(minutesOf(now.slice(11, 16)))}
          y1={top + weekdayOf(now) * row + 1}
          y2={top + (weekdayOf(now) + 1) * row - 1}
          className="stroke-bad"
          strokeWidth={2.5}
        />
      </svg>
      <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-soft">
        <Key className="bg-accent">{t('work')}</Key>
        {plan.grace_minutes > 0 && <Key className="bg-warn">{t('graceLegend')}</Key>}
        {plan.lunch_break && <Key className="border border-accent bg-card">{t('lunch')}</Key>}
        <Key className="bg-bad">{t('nowLegend')}</Key>
      </figcaption>
    </figure>
  )
}

/** The part after the start of work that is not yet late, and the part before its end that is not yet early. */
function graceStretches(plan: WeekPlan): Stretch[] {
  const hours = hoursOf(plan.work_hours)
  const [start, end] = [minutesOf(hours.start), minutesOf(hours.end)]
  const length = isOvernight(hours) ? end - start + dayMinutes : end - start
  const grace = Math.min(plan.grace_minutes, length / 2)
  if (!(grace > 0)) return []
  const cut = (day: number, from: number): Stretch[] => {
    const [first, last] = [from, from + grace]
    if (first >= dayMinutes) return [{ day: (day + 1) % 7, from: first - dayMinutes, to: last - dayMinutes }]
    if (last <= dayMinutes) return [{ day, from: first, to: last }]
    return [
      { day, from: first, to: dayMinutes },
      { day: (day + 1) % 7, from: 0, to: last - dayMinutes },
    ]
  }
  return plan.working_days.flatMap((day) => [...cut(day, start), ...cut(day, start + length - grace)])
}

interface BarsProps {
  x: (minutes: number) => number
  stretches: Stretch[]
  className: string
}

function Bars({ x, stretches, className }: BarsProps) {
  return stretches.map(({ day, from, to }) => (
    <rect
      key={`${day}-${from}`}
      x={x(from)}
      y={top + day * row + 4}
      width={Math.max(1, x(to) - x(from))}
      height={row - 8}
      rx={3}
      className={className}
    />
  ))
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`size-3 rounded ${className}`} />
      {children}
    </span>
  )
}
