import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ImageOff, ScanFace, Trash2, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import type { Employee } from '@/api/types.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { useSession } from '@/shell/session.ts'
import { Badge } from '@/ui/Badge.tsx'
import { IconButton } from '@/ui/Button.tsx'
import { ConfirmDialog } from '@/ui/Dialog.tsx'
import { EmptyState, ErrorState, Skeleton } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { type FaceCard, faceCards, faceInSquare } from './faces.ts'
import { photosQuery, renewPeople, templatesQuery, type PersonPhoto } from './people.ts'
import { QualityBar } from './QualityBar.tsx'
import { peopleTexts } from './texts.ts'

/** Somebody's face templates, each beside its photo. */
export function FaceCards({ person }: { person: Employee }) {
  const t = useTexts(peopleTexts)
  const templates = useQuery(templatesQuery(person.id))
  const photos = useQuery(photosQuery(person.id))
  const [removed, setRemoved] = useState<FaceCard | null>(null)
  const error = templates.error ?? photos.error
  const retry = () => {
    void templates.refetch()
    void photos.refetch()
  }
  if (error && !(templates.data && photos.data)) return <ErrorState error={error} onRetry={retry} />
  const cards = templates.data && photos.data ? faceCards(templates.data, photos.data) : null
  const poses = new Set(templates.data?.map((template) => template.pose))
  return (
    <section aria-labelledby="face-cards">
      <h3 id="face-cards" className="mb-3 font-semibold">
        {t('faces')} {cards && <span className="font-normal text-soft">{templates.data?.length}</span>}
      </h3>
      {!cards && <Skeleton className="h-40 w-full" />}
      {cards?.length === 0 && (
        <div className="rounded-xl bg-warn-soft text-warn">
          <EmptyState icon={<TriangleAlert className="size-6 text-warn" />} title={t('noFace')}>
            <span className="text-warn">{t('noFaceHint', { name: person.name })}</span>
          </EmptyState>
        </div>
      )}
      {cards && cards.length > 0 && (
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
          {cards.map((card) => (
            <Card key={card.key} card={card} name={person.name} onRemove={() => setRemoved(card)} />
          ))}
        </ul>
      )}
      {cards && cards.length > 0 && poses.size < 2 && (
        <p className="mt-3 flex items-center gap-2 text-sm text-soft">
          <ScanFace className="size-4" aria-hidden />
          {t('onePose')}
        </p>
      )}
      {removed && (
        <RemoveFace
          card={removed}
          person={person}
          isLast={templates.data?.length === 1 && removed.template !== null}
          onClose={() => setRemoved(null)}
        />
      )}
    </section>
  )
}

interface RemoveFaceProps {
  card: FaceCard
  person: Employee
  isLast: boolean
  onClose: () => void
}

function RemoveFace({ card, person, isLast, onClose }: RemoveFaceProps) {
  const t = useTexts(peopleTexts)
  const client = useQueryClient()
  const remove = async () => {
    const id = person.id
    if (card.template) {
      const path = { id, template: card.template.id }
      await answerOf(api.DELETE('/api/employees/{id}/face_templates/{template}', { params: { path } }))
    } else if (card.photo) {
      const path = { id, photo: card.photo.id }
      await answerOf(api.DELETE('/api/employees/{id}/photos/{photo}', { params: { path } }))
    }
    toast('good', t('removed'))
    await renewPeople(client)
  }
  return (
    <ConfirmDialog
      title={t('removeTitle')}
      description={`${t('removeHint')} ${isLast ? t('removeLast', { name: person.name }) : ''}`}
      confirm={useTexts(commonTexts)('remove')}
      isDangerous
      onConfirm={remove}
      onClose={onClose}
    />
  )
}

interface CardProps {
  card: FaceCard
  name: string
  onRemove: () => void
}

function Card({ card: { template, photo }, name, onRemove }: CardProps) {
  const t = useTexts(peopleTexts)
  const times = useTimes()
  const { may } = useSession()
  const pose = t((template ? template.pose : (photo?.pose as 'front' | null)) || 'anyPose')
  const sources: Record<string, string> = { photo: t('fromPhoto'), webcam: t('fromWebcam'), import: t('fromImport') }
  const made = template?.created_at ?? photo?.created_at
  return (
    <li className="overflow-hidden rounded-xl border border-line">
      <div className="relative">
        <FacePicture photo={photo} alt={t('photoOf', { name, pose })} />
        {template?.is_primary && (
          <Badge tone="accent" className="absolute top-2 left-2">
            {t('primary')}
          </Badge>
        )}
      </div>
      <div className="flex items-start justify-between gap-1 py-2 pr-1 pl-3">
        <div className="min-w-0 flex-1">
          <p className="font-medium">{pose}</p>
          {template ? <QualityBar quality={template.quality} /> : <Badge tone="warn">{t('noTemplate')}</Badge>}
          <p className="mt-1 text-xs break-words text-soft">
            {template ? `${sources[template.source] ?? template.source} · ${template.model}` : t('noTemplateHint')}
          </p>
          {made && <p className="text-xs text-soft">{times.day(made)}</p>}
        </div>
        {may('persons:write') && (
          <IconButton label={t('removeFace', { pose })} onClick={onRemove} className="-mt-1 size-9">
            <Trash2 className="size-4" aria-hidden />
          </IconButton>
        )}
      </div>
    </li>
  )
}

/** The photo's face, large; how large the photo is, is known when it has come. */
function FacePicture({ photo, alt }: { photo: PersonPhoto | null; alt: string }) {
  const t = useTexts(peopleTexts)
  const [size, setSize] = useState<{ width: number; height: number } | null>(null)
  const [isBroken, setBroken] = useState(false)
  if (!photo || isBroken)
    return (
      <div className="grid aspect-square place-items-center bg-sunken text-center text-sm text-soft">
        <span className="flex flex-col items-center gap-2 p-3">
          <ImageOff className="size-6" aria-hidden />
          {t('noPhoto')}
        </span>
      </div>
    )
  const place = size && photo.face ? faceInSquare(size, photo.face) : null
  const percent = (part: number) => `${part * 100}%`
  return (
    <div className="relative aspect-square overflow-hidden bg-sunken">
      <img
        src={photo.url}
        alt={alt}
        onError={() => setBroken(true)}
        onLoad={({ currentTarget }) =>
          setSize({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
        }
        className={place ? 'absolute max-w-none' : 'size-full object-cover'}
        style={
          place
            ? {
                width: percent(place.width),
                height: percent(place.height),
                left: percent(place.left),
                top: percent(place.top),
              }
            : undefined
        }
      />
    </div>
  )
}
