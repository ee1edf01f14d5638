import {
  BellRing,
  CalendarClock,
  CalendarCheck,
  CalendarDays,
  Cctv,
  ClipboardCheck,
  Settings,
  UsersRound,
  Video,
  type LucideIcon,
} from 'lucide-react'
import type { ComponentType } from 'react'
import type { Permission, Session } from '@/api/types.ts'
import { ReviewBadge } from '@/pages/review/ReviewBadge.tsx'

export interface Page {
  /** "/live"; further parts of the address are the page's own: "/people/D001". */
  path: string
  title: { en: string; id: string }
  icon: LucideIcon
  /** Whoever has one of these sees the page; everybody who is signed in where there is none. */
  needs: readonly Permission[]
  /** Whose navigation has it, of those who may see it. */
  isFor?: (session: Session) => boolean
  /** Reached by links alone, not by the navigation. */
  isHidden?: boolean
  /** Beside its name in the navigation: how much waits there. */
  badge?: ComponentType
  /** Loaded when it is first opened. */
  load: () => Promise<{ default: ComponentType }>
}

/** All pages, in the order of the navigation; a phone's bar shows the first four. The first one allowed is home. */
export const pages: readonly Page[] = [
  {
    path: '/live',
    title: { en: 'Live', id: 'Langsung' },
    icon: Cctv,
    needs: ['cameras:read', 'persons:read'],
    load: () => import('@/pages/live/LivePage.tsx'),
  },
  {
    path: '/people',
    title: { en: 'People', id: 'Orang' },
    icon: UsersRound,
    needs: ['persons:read'],
    load: () => import('@/pages/people/PeoplePage.tsx'),
  },
  {
    path: '/attendance',
    title: { en: 'Attendance', id: 'Kehadiran' },
    icon: CalendarDays,
    needs: ['attendance:read'],
    load: () => import('@/pages/attendance/AttendancePage.tsx'),
  },
  {
    path: '/review',
    title: { en: 'Review', id: 'Tinjauan' },
    icon: ClipboardCheck,
    needs: ['attendance:approve'],
    badge: ReviewBadge,
    load: () => import('@/pages/review/ReviewPage.tsx'),
  },
  {
    path: '/alerts',
    title: { en: 'Alerts', id: 'Peringatan' },
    icon: BellRing,
    needs: ['reports:read'],
    load: () => import('@/pages/alerts/AlertsPage.tsx'),
  },
  {
    path: '/cameras',
    title: { en: 'Cameras', id: 'Kamera' },
    icon: Video,
    needs: ['cameras:read'],
    load: () => import('@/pages/cameras/CamerasPage.tsx'),
  },
  {
    path: '/schedule',
    title: { en: 'Schedule', id: 'Jadwal' },
    icon: CalendarClock,
    needs: ['attendance:read', 'schedule:write'],
    load: () => import('@/pages/schedule/SchedulePage.tsx'),
  },
  {
    path: '/my-days',
    title: { en: 'My days', id: 'Hari saya' },
    icon: CalendarCheck,
    needs: ['self:read'],
    // Somebody of the office: an account alone has no days.
    isFor: ({ user, permissions }) => user.person_id !== null || !permissions.includes('attendance:read'),
    load: () => import('@/pages/my-days/MyDaysPage.tsx'),
  },
  {
    path: '/settings',
    title: { en: 'Settings', id: 'Pengaturan' },
    icon: Settings,
    needs: [],
    load: () => import('@/pages/settings/SettingsPage.tsx'),
  },
  {
    path: '/welcome',
    title: { en: 'First steps', id: 'Langkah pertama' },
    icon: Cctv,
    needs: ['system:admin'],
    isHidden: true,
    load: () => import('@/pages/welcome/WelcomePage.tsx'),
  },
]
