/** When a workflow of GitHub runs, in words, with the names that stand in its `on` between backticks. */

import { at, entriesAt, type Located, textAt, textsOf } from './located.ts'

const MAX_NAMED = 4
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** `on pushes to main, on pull requests, every Monday at 00:30 UTC`; '' when it says nothing. */
export function triggersOf(on: Located | undefined): string {
  const events = on?.entries === undefined ? textsOf(on).map((key) => ({ key, value: undefined })) : entriesAt(on)
  return events.map(({ key, value }) => eventIn(key, value)).join(', ')
}

function eventIn(name: string, settings: Located | undefined): string {
  switch (name) {
    case 'push':
      return `on pushes${placesIn(settings)}`
    case 'pull_request':
      return `on pull requests${typesIn(settings)}${placesIn(settings)}`
    case 'pull_request_target':
      return `on pull requests, with the rights of the repository${typesIn(settings)}${placesIn(settings)}`
    case 'schedule':
      return (settings?.items ?? []).map((item) => timeOf(textAt(item, 'cron') ?? '')).join(', ') || 'by a schedule'
    case 'workflow_dispatch':
      return 'when started by hand'
    case 'workflow_call':
      return 'when another workflow calls it'
    case 'workflow_run': {
      const others = textsOf(at(settings, 'workflows'))
      return `after ${others.length === 0 ? 'another workflow' : named(others)}`
    }
    default:
      return `on the event ${coded(name)}${typesIn(settings)}`
  }
}

/** The branches, tags and files that an event is limited to. */
function placesIn(settings: Located | undefined): string {
  const [branches, tags, paths] = ['branches', 'tags', 'paths'].map((key) => patternsIn(settings, key))
  const to = limited(branches, ' to ', ' to branches other than ')
  const of = limited(tags, to === '' ? ' of tags ' : ' and of tags ', ' of tags other than ')
  return to + of + limited(paths, ' that change ', ' that change more than ')
}

interface Patterns {
  taken: string[]
  left: string[]
}

/** Patterns that are taken, and those that are not: with a `!`, or under a key of their own. */
function patternsIn(settings: Located | undefined, key: string): Patterns {
  const all = textsOf(at(settings, key))
  const left = all.filter((one) => one.startsWith('!')).map((one) => one.slice(1))
  return {
    taken: all.filter((one) => !one.startsWith('!')),
    left: [...left, ...textsOf(at(settings, `${key}-ignore`))],
  }
}

/** Nothing is left of what leaves all out: `!**` says that the event is about something else. */
function limited({ taken, left }: Patterns = { taken: [], left: [] }, only: string, butFor: string): string {
  const not = left.filter((one) => one !== '**' && one !== '*')
  if (taken.length === 0) return not.length === 0 ? '' : `${butFor}${named(not)}`
  return `${only}${named(taken)}${not.length === 0 ? '' : ` but not ${named(not)}`}`
}

function typesIn(settings: Located | undefined): string {
  const types = textsOf(at(settings, 'types'))
  return types.length === 0 ? '' : ` (${named(types)})`
}

/** `30 0 * * 1` → `every Monday at 00:30 UTC`; anything less plain stays as it is written. */
function timeOf(cron: string): string {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.trim().split(/\s+/)
  const isPlain = /^\d{1,2}$/.test(minute) && /^\d{1,2}$/.test(hour) && month === '*'
  const time = `at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')} UTC`
  if (isPlain && day === '*' && weekday === '*') return `every day ${time}`
  if (isPlain && day === '*' && /^[0-7]$/.test(weekday)) return `every ${DAYS[Number(weekday)]} ${time}`
  if (isPlain && /^\d{1,2}$/.test(day) && weekday === '*') return `on day ${day} of every month ${time}`
  return `by the schedule ${coded(cron)}`
}

/** `main`, `main and next`, `a, b, c, d and 3 more`, each name between backticks. */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).map(coded)
  if (names.length > MAX_NAMED) return `${shown.join(', ')} and ${names.length - MAX_NAMED} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

function coded(name: string): string {
  return `\`${name.replaceAll('`', "'").trim()}\``
}
