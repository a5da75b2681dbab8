/** Reads when a GitHub workflow runs, as data and in words, with names from its `on` in backticks. */

import { at, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import type { EventPatterns, NamesInPart, Trigger } from '#generate/model.ts'

const MAX_NAMED = 4
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** Limit on the events of a workflow; a file with more is hostile. */
const MAX_EVENTS = 50
const MAX_CHARS = 200

/** The triggers of a workflow, from its `on`. */
export function triggersIn(on: Located | undefined): Trigger[] {
  const events = on?.entries === undefined ? textsOf(on).map((key) => ({ key, value: undefined })) : entriesAt(on)
  return events.slice(0, MAX_EVENTS).flatMap(({ key, value }) => eventIn(key, value))
}

/** `on pushes to main, on pull requests, every Monday at 00:30 UTC`; '' without triggers. */
export function wordsOf(triggers: readonly Trigger[]): string {
  return triggers.map(wordsOfOne).join(', ')
}

/** An event, optionally limited to branches. */
export function eventOn(on: 'push' | 'pull_request', branches: readonly string[]): Trigger {
  const none = { taken: namesOf([]), left: namesOf([]) }
  return { on, types: namesOf([]), branches: { ...none, taken: namesOf(branches) }, tags: none, paths: none }
}

function eventIn(name: string, settings: Located | undefined): Trigger[] {
  const types = namesOf(textsOf(at(settings, 'types')))
  switch (name) {
    case 'push':
    case 'pull_request':
    case 'pull_request_target': {
      const [branches, tags, paths] = ['branches', 'tags', 'paths'].map((key) => patternsIn(settings, key))
      const none = { taken: namesOf([]), left: namesOf([]) }
      const limits = { branches: branches ?? none, tags: tags ?? none, paths: paths ?? none }
      return [{ on: name, types: name === 'push' ? namesOf([]) : types, ...limits }]
    }
    case 'schedule': {
      const times = (settings?.items ?? []).map((item) => timeOf(textAt(item, 'cron') ?? ''))
      return times.length === 0 ? [{ on: 'schedule' }] : times
    }
    case 'workflow_dispatch':
      return [{ on: 'hand' }]
    case 'workflow_call':
      return [{ on: 'call' }]
    case 'workflow_run':
      return [{ on: 'workflow', after: namesOf(textsOf(at(settings, 'workflows'))) }]
    default:
      return [{ on: 'event', name: plain(name), types }]
  }
}

/** The patterns that are included, and those excluded by `!` or under an `-ignore` key. */
function patternsIn(settings: Located | undefined, key: string): EventPatterns {
  const all = textsOf(at(settings, key))
  const left = all.filter((one) => one.startsWith('!')).map((one) => one.slice(1))
  // `!**` excludes everything: the event is about something else, such as tags.
  const not = [...left, ...textsOf(at(settings, `${key}-ignore`))].filter((one) => one !== '**' && one !== '*')
  return { taken: namesOf(all.filter((one) => !one.startsWith('!'))), left: namesOf(not) }
}

/** Turns `30 0 * * 1` into Monday at 00:30; a more complex schedule keeps its cron text. */
function timeOf(cron: string): Trigger {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.trim().split(/\s+/)
  const isPlain = /^\d{1,2}$/.test(minute) && /^\d{1,2}$/.test(hour) && month === '*'
  const time = { on: 'time' as const, cron: plain(cron), at: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` }
  if (isPlain && day === '*' && weekday === '*') return time
  if (isPlain && day === '*' && /^[0-7]$/.test(weekday)) return { ...time, weekday: Number(weekday) % 7 }
  if (isPlain && /^\d{1,2}$/.test(day) && weekday === '*') return { ...time, day: Number(day) }
  return { ...time, at: null }
}

function namesOf(names: readonly string[]): NamesInPart {
  return { shown: names.slice(0, MAX_NAMED).map(plain), more: Math.max(0, names.length - MAX_NAMED) }
}

function plain(name: string): string {
  return name.slice(0, MAX_CHARS).replaceAll('`', "'").trim()
}

function wordsOfOne(trigger: Trigger): string {
  switch (trigger.on) {
    case 'push':
      return `on pushes${placesOf(trigger)}`
    case 'pull_request':
      return `on pull requests${typesOf(trigger)}${placesOf(trigger)}`
    case 'pull_request_target':
      return `on pull requests, with the rights of the repository${typesOf(trigger)}${placesOf(trigger)}`
    case 'time':
      return timeWords(trigger)
    case 'schedule':
      return 'by a schedule'
    case 'hand':
      return 'when started by hand'
    case 'call':
      return 'when another workflow calls it'
    case 'workflow':
      return `after ${trigger.after.shown.length === 0 ? 'another workflow' : named(trigger.after)}`
    case 'event':
      return `on the event ${coded(trigger.name)}${typesOf(trigger)}`
  }
}

/** Describes the branches, tags and files that an event is limited to. */
function placesOf({ branches, tags, paths }: Extract<Trigger, { branches: EventPatterns }>): string {
  const to = limited(branches, ' to ', ' to branches other than ')
  const of = limited(
    tags,
    to === '' ? ' of tags ' : ' and of tags ',
    to === '' ? ' of tags other than ' : ' and of tags other than ',
  )
  return to + of + limited(paths, ' that change ', ' that change more than ')
}

function limited({ taken, left }: EventPatterns, only: string, butFor: string): string {
  if (taken.shown.length === 0) return left.shown.length === 0 ? '' : `${butFor}${named(left)}`
  return `${only}${named(taken)}${left.shown.length === 0 ? '' : ` but not ${named(left)}`}`
}

function typesOf({ types }: { types: NamesInPart }): string {
  return types.shown.length === 0 ? '' : ` (${named(types)})`
}

function timeWords({ cron, at, weekday, day }: Extract<Trigger, { on: 'time' }>): string {
  if (at === null) return `by the schedule ${coded(cron)}`
  const time = `at ${at} UTC`
  if (weekday !== undefined) return `every ${DAYS[weekday]} ${time}`
  return day === undefined ? `every day ${time}` : `on day ${day} of every month ${time}`
}

/** `main`, `main and next`, `a, b, c, d and 3 more`, each name in backticks. */
function named({ shown, more }: NamesInPart): string {
  const names = shown.map(coded)
  if (more > 0) return `${names.join(', ')} and ${more} more`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function coded(name: string): string {
  return `\`${name}\``
}
