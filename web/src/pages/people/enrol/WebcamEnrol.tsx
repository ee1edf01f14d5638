import { Camera, CameraOff, RotateCw, Save } from 'lucide-react'
import { useState } from 'react'
import type { Employee } from '@/api/types.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { EmptyState, useErrorText } from '@/ui/states.tsx'
import { Select } from '@/ui/Field.tsx'
import { toast } from '@/ui/toasts.ts'
import { type Enrolled, enrolPictures } from './faceApi.ts'
import { type Pose, poses } from './guidance.ts'
import { PoseProgress } from './PoseProgress.tsx'
import { RefusalText } from './RefusalText.tsx'
import { enrolTexts } from './texts.ts'
import { useCapture, type Capture } from './useCapture.ts'
import { useWebcam, type WebcamProblem } from './webcam.ts'
import { useStream, WebcamView } from './WebcamView.tsx'

interface WebcamEnrolProps {
  person: Employee
  onEnrolled: () => void
  /** To the other way. */
  onPhotos: () => void
}

export function WebcamEnrol({ person, onEnrolled, onPhotos }: WebcamEnrolProps) {
  const t = useTexts(enrolTexts)
  const webcam = useWebcam()
  if (webcam.problem) return <Problem problem={webcam.problem} onRetry={webcam.retry} onPhotos={onPhotos} />
  return (
    <div className="flex flex-col gap-4">
      {webcam.devices.length > 1 && (
        <Select label={t('useCamera')} value={webcam.device} onChange={(event) => webcam.choose(event.target.value)}>
          {webcam.devices.map((device) => (
            <option key={device.id} value={device.id}>
              {device.label}
            </option>
          ))}
        </Select>
      )}
      {webcam.stream ? (
        <Capturing person={person} stream={webcam.stream} onEnrolled={onEnrolled} />
      ) : (
        <EmptyState icon={<Camera className="size-6" />} title={t('asking')} />
      )}
    </div>
  )
}

interface ProblemProps {
  problem: WebcamProblem
  onRetry: () => void
  onPhotos: () => void
}

function Problem({ problem, onRetry, onPhotos }: ProblemProps) {
  const t = useTexts(enrolTexts)
  const common = useTexts(commonTexts)
  return (
    <div role="alert">
      <EmptyState
        icon={<CameraOff className="size-6" />}
        title={t(`${problem}Title`)}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            {problem !== 'insecure' && (
              <Button icon={<RotateCw className="size-4" aria-hidden />} onClick={onRetry}>
                {common('retry')}
              </Button>
            )}
            <Button kind="primary" onClick={onPhotos}>
              {t('choose')}
            </Button>
          </div>
        }
      >
        {t(problem)}
      </EmptyState>
    </div>
  )
}

interface CapturingProps {
  person: Employee
  stream: MediaStream
  onEnrolled: () => void
}

type Captures = Partial<Record<Pose, Capture>>

function Capturing({ person, stream, onEnrolled }: CapturingProps) {
  const t = useTexts(enrolTexts)
  const video = useStream(stream)
  const [captures, setCaptures] = useState<Captures>({})
  const [left, setLeft] = useState<readonly Pose[]>(poses)
  const [result, setResult] = useState<Enrolled | null>(null)
  const wanted = result ? null : (left[0] ?? null)
  const guidance = useCapture(video, wanted, (capture) => {
    setCaptures((before) => ({ ...before, [capture.pose]: capture }))
    setLeft((before) => before.filter((pose) => pose !== capture.pose))
  })
  const again = (chosen: readonly Pose[]) => {
    setResult(null)
    setCaptures((before) =>
      Object.fromEntries(Object.entries(before).filter(([pose]) => !chosen.includes(pose as Pose))),
    )
    setLeft((before) => poses.filter((pose) => before.includes(pose) || chosen.includes(pose)))
  }
  const taken = poses.flatMap((pose) => captures[pose] ?? [])
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <WebcamView ref={video} wanted={wanted} guidance={guidance} />
      <div className="flex flex-col gap-4">
        <PoseProgress
          captures={captures}
          wanted={wanted}
          {...(!result && { onAgain: (pose: Pose) => again([pose]) })}
        />
        {wanted && (
          <Button size="small" onClick={() => setLeft((before) => before.slice(1))}>
            {t('skip')}
          </Button>
        )}
        {!wanted && !result && (
          <SaveCaptures
            person={person}
            captures={taken}
            onSaved={(enrolled) => {
              setResult(enrolled)
              if (enrolled.templates.length > 0) onEnrolled()
            }}
            onAgain={() => again(poses)}
          />
        )}
        {result && <Result person={person} result={result} onAgain={() => again(poses)} />}
        <p className="text-sm text-soft">{t('private')}</p>
      </div>
    </div>
  )
}

interface SaveCapturesProps {
  person: Employee
  captures: Capture[]
  onSaved: (result: Enrolled) => void
  onAgain: () => void
}

function SaveCaptures({ person, captures, onSaved, onAgain }: SaveCapturesProps) {
  const t = useTexts(enrolTexts)
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const save = async () => {
    setBusy(true)
    setProblem('')
    try {
      const pictures = captures.map(({ pose, picture }) => ({ field: pose, name: `${pose}.jpg`, picture }))
      const result = await enrolPictures(person.id, pictures, 'webcam')
      if (result.templates.length > 0)
        toast('good', t('enrolled', { count: result.templates.length, name: person.name }))
      onSaved(result)
    } catch (error) {
      setProblem(errorText(error))
      setBusy(false)
    }
  }
  if (captures.length === 0)
    return (
      <div className="flex flex-col gap-3">
        <p className="font-medium">{t('nothingTaken')}</p>
        <Button onClick={onAgain}>{t('restart')}</Button>
      </div>
    )
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="font-medium">
        {t('allTaken')}
      </p>
      {problem && (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      )}
      <Button kind="primary" icon={<Save className="size-4" aria-hidden />} isBusy={isBusy} onClick={() => void save()}>
        {t('save', { count: captures.length })}
      </Button>
      <Button disabled={isBusy} onClick={onAgain}>
        {t('restart')}
      </Button>
    </div>
  )
}

function Result({ person, result, onAgain }: { person: Employee; result: Enrolled; onAgain: () => void }) {
  const t = useTexts(enrolTexts)
  return (
    <div role="status" className="flex flex-col gap-3">
      {result.templates.length > 0 && (
        <p className="rounded-lg bg-good-soft p-3 text-good">
          {t('enrolled', { count: result.templates.length, name: person.name })}
        </p>
      )}
      {result.refused.map((refusal) => (
        <div key={refusal.photo} className="rounded-lg bg-bad-soft p-3">
          <p className="font-medium text-bad">
            {t('wasRefused')}: {poses.includes(refusal.photo as Pose) ? t(refusal.photo as Pose) : refusal.photo}
          </p>
          <RefusalText refusal={refusal} />
        </div>
      ))}
      <Button icon={<RotateCw className="size-4" aria-hidden />} onClick={onAgain}>
        {t('restart')}
      </Button>
    </div>
  )
}
