/** What was submitted to the spools of released versions, by what becomes of it. The name ends the address of the repository. */
import { COMMITS, commitIdOf, NOTES } from '../support/colliding.ts'

export interface Submission {
  /** The body of `POST /api/jobs`. */
  body: { repo_url: string; commit_id?: string; options?: object; callback_url?: string }
  headers?: Record<string, string>
  /** `removed` and `damaged`: what becomes of it after it has completed. */
  becomes: 'completed' | 'failed' | 'cancelled' | 'processing' | 'queued' | 'removed' | 'damaged'
}

export const TOKEN = 'token-of-a-test'
export const KEY = { 'Idempotency-Key': 'key-of-a-test' }

const of = (name: string): { repo_url: string } => ({ repo_url: `https://github.com/acme/${name}` })

export const SUBMISSIONS: readonly Submission[] = [
  { body: of('plain'), becomes: 'completed' },
  { body: { ...of('pinned'), commit_id: commitIdOf(COMMITS[0]) }, becomes: 'completed' },
  { body: { ...of('ref'), commit_id: 'v1.0' }, becomes: 'completed' },
  { body: { ...of('options'), options: { language: 'ja' } }, becomes: 'completed' },
  { body: { ...of('notes'), options: { notes: NOTES[0] } }, becomes: 'completed' },
  { body: { ...of('told'), callback_url: 'https://hooks.example.org/x' }, becomes: 'completed' },
  { body: of('private'), headers: { 'X-Git-Token': TOKEN }, becomes: 'completed' },
  { body: { repo_url: 'https://git.example.org/a--b/c~d' }, becomes: 'completed' },
  { body: { repo_url: 'file:///srv/repositories/tool' }, becomes: 'completed' },
  { body: of('failing'), becomes: 'failed' },
  { body: of('cancelled'), becomes: 'cancelled' },
  { body: of('removed'), becomes: 'removed' },
  { body: of('damaged'), becomes: 'damaged' },
  { body: of('running'), becomes: 'processing' },
  { body: of('waiting'), headers: KEY, becomes: 'queued' },
  { body: { ...of('waiting'), commit_id: 'main', options: { notes: 'Wait.' } }, becomes: 'queued' },
]
