/** Formats values for people. */

import { isFullCommitId } from '#base/commit-id.ts'
import type { Language } from '#base/language.ts'
import type { JobView, ShownEvent, Status } from '#queue/contract.ts'
import type { Degraded, JobSpend } from '#queue/job-spend.ts'

/** `2026-11-24T15:22:31.123Z` → `2026-11-24 15:22 UTC`; other texts are unchanged. */
export function formatTime(iso: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso)
  return parts === null ? iso : `${parts[1]} ${parts[2]} UTC`
}

/** `15:22:31`, UTC. */
export const formatClock = (iso: string): string => /T(\d\d:\d\d:\d\d)/.exec(iso)?.[1] ?? iso

/** `2026-11-24`. */
export const formatDate = (iso: string): string => iso.slice(0, 10)

/** An estimate in round numbers: `under a minute`, `about 4 min`, `about 3 h`. */
export function formatAbout(ms: number): string {
  const minutes = ms / 60_000
  if (minutes < 1) return 'under a minute'
  if (minutes < 90) return `about ${Math.round(minutes)} min`
  const hours = minutes / 60
  return hours < 36 ? `about ${Math.round(hours)} h` : `about ${Math.round(hours / 24)} days`
}

/** With commas between thousands, independent of the locale. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** `1 page`, `2 pages`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** US dollars: `$0.12`; `under $0.01` for less than a cent. */
export function formatCost(usd: number): string {
  if (usd > 0 && usd < 0.01) return 'under $0.01'
  const [whole = '0', cents = '00'] = usd.toFixed(2).split('.')
  return `$${formatCount(Number(whole))}.${cents}`
}

/** `12 questions, 3 from the cache, 45,210 tokens, $0.12`; without the cost if the price of the model is unknown. */
export function spendText({ calls, kept, input_tokens, output_tokens, cost_usd }: JobSpend): string {
  return [
    counted(calls + kept, 'question'),
    ...(kept === 0 ? [] : [`${formatCount(kept)} from the cache`]),
    counted(input_tokens + output_tokens, 'token'),
    ...(cost_usd === 0 ? [] : [formatCost(cost_usd)]),
  ].join(', ')
}

const DEGRADED: Readonly<Record<Degraded, string>> = {
  budget: 'The budget did not cover all of the prose; the rest comes from static analysis alone.',
  model: 'The model was not available for all of the prose; the rest comes from static analysis alone.',
}

/** Why part of the prose is missing. */
export const degradedText = (degraded: Degraded): string => DEGRADED[degraded]

const LANGUAGES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  zh: '中文',
  ja: '日本語',
  pt: 'Português',
  it: 'Italiano',
  nl: 'Nederlands',
  pl: 'Polski',
  ru: 'Русский',
  ko: '한국어',
}

/** The name of a language in that language. */
export const languageName = (tag: Language): string => LANGUAGES[tag]

/** The first seven digits of a full commit id; names of branches and tags are unchanged. */
export const shortCommit = (name: string): string => (isFullCommitId(name) ? name.slice(0, 7) : name)

/** `https://github.com/pallets/flask` → `pallets/flask`; other hosts are kept; for `file://`, the name of the folder. */
export function repositoryName(repoUrl: string): string {
  if (repoUrl.startsWith('file:')) return repoUrl.split('/').at(-1) ?? repoUrl
  return repoUrl.replace(/^(?:https?:\/\/|ssh:\/\/[^@/]*@)(?:github\.com\/)?/, '')
}

/** A path, which may contain any character, on one line without invisible characters and changes of text direction. */
export const plainName = (path: string): string => path.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')

/** The state of a job for people; the API reports cancelled jobs as failed. */
export function stateOf(job: JobView): 'queued' | 'processing' | 'completed' | 'failed' | 'cancelled' {
  return job.status === 'failed' && job.error_code === 'CANCELLED' ? 'cancelled' : job.status
}

/** The same for the last event of its log, which may also have returned the job to the queue. */
export const endStateOf = ({ status, error }: Extract<ShownEvent, { type: 'end' }>): Status | 'cancelled' =>
  status === 'failed' && error?.code === 'CANCELLED' ? 'cancelled' : status

/** The name of a status in lists, in which cancelled jobs count as failed. */
export const statusName = (status: Status): string => (status === 'failed' ? 'failed or cancelled' : status)

export const isUnfinished = (job: JobView): boolean => job.status === 'queued' || job.status === 'processing'

/** `python class`, `deprecated python class`. */
export const kindText = (kind: string, language: string | null): string =>
  language === null ? kind : kind.replace(/^(?:deprecated |internal )?/, (mark) => `${mark}${language} `)
