import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'

export const languages = { en: 'English', id: 'Bahasa Indonesia' } as const
export type Language = keyof typeof languages

const kept = 'hadir.language'

function isLanguage(word: unknown): word is Language {
  return word === 'en' || word === 'id'
}

function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept)
  if (isLanguage(chosen)) return chosen
  // "in" is what old systems call Indonesian.
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).replace('in', 'id')).find(isLanguage)
  return wanted ?? 'en'
}

void i18next.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: 'en',
  resources: {},
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
})
document.documentElement.lang = i18next.language

export function setLanguage(language: Language): void {
  localStorage.setItem(kept, language)
  document.documentElement.lang = language
  void i18next.changeLanguage(language)
}

export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return isLanguage(i18n.language) ? i18n.language : 'en'
}
