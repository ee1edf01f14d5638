import { useInfiniteQuery } from '@tanstack/react-query'
import { UserPlus, UsersRound } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useTexts } from '@/i18n/texts.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState, ErrorState, SkeletonRows, useErrorText } from '@/ui/states.tsx'
import { Filters } from './Filters.tsx'
import { filtersOf, isFiltered, type PeopleFilters, queryOf, withFilters } from './filters.ts'
import { peopleQuery } from './people.ts'
import { PeopleTable } from './PeopleTable.tsx'
import { peopleTexts } from './texts.ts'

/** The value as it was a moment ago: whoever types is not asked about each letter. */
function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}

const noFilters: PeopleFilters = { words: '', department: '', type: '', status: '', face: '', order: 'name' }

export function PeopleList({ onAdd }: { onAdd: () => void }) {
  const t = useTexts(peopleTexts)
  const { may } = useSession()
  const errorText = useErrorText()
  const [params, setParams] = useSearchParams()
  const filters = filtersOf(params)
  const words = useSettled(filters.words, 250)
  const list = useInfiniteQuery(peopleQuery(queryOf({ ...filters, words })))
  const people = useMemo(() => list.data?.pages.flatMap((page) => page.people) ?? [], [list.data])
  const total = list.data?.pages.at(-1)?.total ?? 0
  const change = (changed: Partial<PeopleFilters>) =>
    setParams((before) => withFilters(before, changed), { replace: true, preventScrollReset: true })
  return (
    <Card isFlush>
      <Filters filters={filters} onChange={change} onClear={() => change({ ...noFilters, order: filters.order })} />
      <p role="status" className="border-b border-line px-5 py-2 text-sm text-soft">
        {list.isSuccess &&
          (people.length < total ? t('countOf', { shown: people.length, total }) : t('count', { count: total }))}
        {list.isError && list.data && (
          <span className="text-bad"> {t('stale', { reason: errorText(list.error) })}</span>
        )}
      </p>
      {list.isPending && <SkeletonRows count={8} />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <PeopleTable
          people={people}
          empty={
            isFiltered(filters) ? (
              <EmptyState
                title={t('nobodyFits')}
                action={<Button onClick={() => change({ ...noFilters, order: filters.order })}>{t('clear')}</Button>}
              />
            ) : (
              <EmptyState
                icon={<UsersRound className="size-6" />}
                title={t('nobody')}
                action={
                  may('persons:write') && (
                    <Button kind="primary" icon={<UserPlus className="size-4" aria-hidden />} onClick={onAdd}>
                      {t('add')}
                    </Button>
                  )
                }
              >
                {t('nobodyHint')}
              </EmptyState>
            )
          }
        />
      )}
      {list.hasNextPage && <More isBusy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />}
    </Card>
  )
}

/** Asks for more when it comes near the window; a button, too, for those who don't scroll. */
function More({ isBusy, onMore }: { isBusy: boolean; onMore: () => void }) {
  const t = useTexts(peopleTexts)
  const place = useRef<HTMLDivElement>(null)
  const more = useRef(onMore)
  useEffect(() => {
    more.current = onMore
  })
  useEffect(() => {
    const element = place.current
    if (!element || isBusy) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) more.current()
      },
      { rootMargin: '800px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [isBusy])
  return (
    <div ref={place} className="flex justify-center border-t border-line p-4">
      <Button isBusy={isBusy} onClick={onMore}>
        {t('more')}
      </Button>
    </div>
  )
}
