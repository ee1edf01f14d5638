import type { components } from './schema.d.ts'

/** Short names of the schemas of docs/api.yaml: `Schema<'Camera'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

export type Camera = Schema<'Camera'>
export type CameraTrial = Schema<'CameraTrial'>
export type Employee = Schema<'Employee'>
export type Notification = Schema<'Notification'>
export type Session = Schema<'Session'>

/** What somebody may do; see docs/security.md. */
export type Permission =
  | 'persons:read'
  | 'persons:write'
  | 'faces:search'
  | 'attendance:read'
  | 'attendance:write'
  | 'attendance:approve'
  | 'cameras:read'
  | 'cameras:write'
  | 'schedule:write'
  | 'reports:read'
  | 'notifications:read'
  | 'audit:read'
  | 'system:admin'
  | 'metrics:read'
  | 'self:read'
