import { type ComponentType, lazy, type LazyExoticComponent } from 'react'
import { pages } from './pages.ts'

/** A component of each page, by its path; its file is loaded when it is first shown. */
export const pageComponents: Readonly<Record<string, LazyExoticComponent<ComponentType>>> = Object.fromEntries(
  pages.map((page) => [page.path, lazy(page.load)]),
)
