import { useLanguage } from '@/i18n/language.ts'
import { asSentence, useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import type { PhotoRefusal } from './faceApi.ts'
import { enrolTexts } from './texts.ts'

/** Why a photo was not taken, in the user's language; the server's own words where they say more, such as who it is. */
export function RefusalText({ refusal: { code, reason } }: { refusal: PhotoRefusal }) {
  const t = useTexts(enrolTexts)
  const saysMore = code === 'somebody_else' || code === 'too_small' || code === 'too_blurred'
  const isEnglish = useLanguage() === 'en'
  const said = useServerText()(reason)
  if (saysMore && (isEnglish || said !== reason)) return <p>{asSentence(said)}.</p>
  return (
    <p>
      {t(code)} {saysMore && t('serverSaid', { reason })}
    </p>
  )
}
