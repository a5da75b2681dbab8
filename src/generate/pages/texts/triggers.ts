/** When a workflow runs, in a human language. */

import type { EventPatterns, NamesInPart, Trigger } from '#generate/model.ts'
import { code, type Inline, join } from '#markdown/build.ts'

type Words = Inline[]

export interface TriggerWords {
  comma: string
  /** Before the last of several names, with its spaces. */
  and: string
  /** After the names: ` and 3 more`. */
  more(left: number): string
  /** An event; `limits` narrows it down; it starts with a space, or is empty. */
  push(limits: Words): Words
  pull(limits: Words): Words
  pullWithRights(limits: Words): Words
  event(name: Words, types: Words): Words
  /** The parts of those limits, each with a leading space. */
  types(names: Words): Words
  branches(names: Words): Words
  otherBranches(names: Words): Words
  tags(names: Words): Words
  /** After branches. */
  andTags(names: Words): Words
  otherTags(names: Words): Words
  paths(names: Words): Words
  otherPaths(names: Words): Words
  but(names: Words): Words
  /** @param at - `00:30 UTC` */
  daily(at: string): string
  /** @param day - 0 is Sunday. */
  weekly(day: number, at: string): string
  monthly(day: number, at: string): string
  cron(expression: Words): Words
  schedule: string
  hand: string
  call: string
  afterAny: string
  after(workflows: Words): Words
}

export function triggersIn(words: TriggerWords): (triggers: readonly Trigger[]) => Words {
  return (triggers) =>
    join(
      triggers.map((trigger) => sayTrigger(trigger, words)),
      words.comma,
    )
}

function sayTrigger(trigger: Trigger, words: TriggerWords): Words {
  const typesOf = ({ shown, more }: NamesInPart): Words =>
    shown.length === 0 ? [] : words.types(listOf({ shown, more }, words))
  switch (trigger.on) {
    case 'push':
      return words.push(placesOf(trigger, words))
    case 'pull_request':
      return words.pull([...typesOf(trigger.types), ...placesOf(trigger, words)])
    case 'pull_request_target':
      return words.pullWithRights([...typesOf(trigger.types), ...placesOf(trigger, words)])
    case 'event':
      return words.event([code(trigger.name)], typesOf(trigger.types))
    case 'time': {
      const { cron, at, weekday, day } = trigger
      if (at === null) return words.cron([code(cron)])
      const time = `${at} UTC`
      if (weekday !== undefined) return [words.weekly(weekday, time)]
      return [day === undefined ? words.daily(time) : words.monthly(day, time)]
    }
    case 'workflow':
      return trigger.after.shown.length === 0 ? [words.afterAny] : words.after(listOf(trigger.after, words))
    default:
      return [words[trigger.on]]
  }
}

/** The branches, tags and files that an event is limited to. */
function placesOf(
  { branches, tags, paths }: Extract<Trigger, { branches: EventPatterns }>,
  words: TriggerWords,
): Words {
  const limited = ({ taken, left }: EventPatterns, only: typeof words.but, butFor: typeof words.but): Words => {
    const not = left.shown.length === 0 ? [] : listOf(left, words)
    if (taken.shown.length === 0) return not.length === 0 ? [] : butFor(not)
    return [...only(listOf(taken, words)), ...(not.length === 0 ? [] : words.but(not))]
  }
  const to = limited(branches, words.branches, words.otherBranches)
  const otherTags = (names: Words): Words => [
    ...(to.length === 0 ? [] : [words.and.trimEnd()]),
    ...words.otherTags(names),
  ]
  const of = limited(tags, to.length === 0 ? words.tags : words.andTags, otherTags)
  return [...to, ...of, ...limited(paths, words.paths, words.otherPaths)]
}

function listOf({ shown, more: left }: NamesInPart, { comma, and, more }: TriggerWords): Words {
  const names = shown.map((name): Words => [code(name)])
  if (left > 0) return [...join(names, comma), more(left)]
  return names.length < 2 ? names.flat() : [...join(names.slice(0, -1), comma), and, ...(names.at(-1) ?? [])]
}
