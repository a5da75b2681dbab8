/** Formats an example of a request as a curl command. Pure. */

import { shellWord } from '#base/shell-word.ts'
import { JobId } from '#http/job-in-path.ts'
import type { Example, Operation, Operations } from './operation.ts'
import { namesIn, schemaOf } from './parameters.ts'

/** The path and query of an example. */
export function addressOf(route: keyof Operations, { path = {} }: Operation, { query = {} }: Example): string {
  const [, pattern = ''] = route.split(' ')
  const exampleOf = (name: string): string => {
    const { examples } = schemaOf(name === 'id' ? JobId : (path[name] ?? JobId)) as { examples?: string[] }
    return examples?.[0] ?? ''
  }
  const filled = namesIn(route).reduce(
    (text, name) => text.replace(new RegExp(`:${name}(\\{[^/]*\\})?`), encodeURI(exampleOf(name))),
    pattern,
  )
  const search = new URLSearchParams(query)
  return search.size === 0 ? filled : `${filled}?${search}`
}

export function commandOf(route: keyof Operations, operation: Operation, example: Example, origin: string): string {
  const [method] = route.split(' ')
  const { accept, form, json, headers = {}, flags } = example
  const words = ['curl']
  if (flags !== undefined) words.push(flags)
  if (method === 'DELETE' || method === 'PUT' || (method === 'POST' && form === undefined && json === undefined))
    words.push('-X', method)
  const sent = {
    ...(accept !== undefined && { Accept: accept }),
    ...(json !== undefined && { 'Content-Type': 'application/json' }),
    ...headers,
  }
  for (const [name, value] of Object.entries(sent)) words.push('-H', shellWord(`${name}: ${value}`))
  for (const [name, value] of Object.entries(form ?? {})) words.push('-d', `${name}=${shellWord(value)}`)
  if (json !== undefined) words.push('-d', shellWord(JSON.stringify(json)))
  return [...words, shellWord(origin + addressOf(route, operation, example))].join(' ')
}
