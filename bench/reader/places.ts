/** The lines of a repository that decide about a statement: those that its links lead to. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Statement } from './statements.ts'

interface Entry {
  page: string
  anchor: string
  file: string
  start_line: number
  end_line: number
}

const MAX_PLACES = 8
const MAX_LINES = 14
/** Of a definition the lines above it, where its comment is. */
const BEFORE = 4
/** Of a file that is named as a whole. */
const MAX_FILE_LINES = 60

/** @param folder - Of the set, with the files of the repository in `source/`. */
export function createPlaces(folder: string): (statement: Statement) => string[] {
  const index = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as Entry[]
  const byAddress = new Map(index.map((entry) => [`${entry.page}#${entry.anchor}`, entry]))
  const files = new Map<string, string[]>()
  const linesOf = (name: string): string[] => {
    const known = files.get(name)
    if (known !== undefined) return known
    let lines: string[] = []
    try {
      lines = readFileSync(path.join(folder, 'source', name), 'utf8').split('\n')
    } catch {
      // The set does not keep it: too large, or no text.
    }
    files.set(name, lines)
    return lines
  }
  const excerpt = (name: string, start: number, end: number): string => {
    const lines = linesOf(name).slice(start - 1, end)
    return [`${name}, lines ${start} to ${end}`, ...lines.map((line, at) => `${start + at}  ${line}`)].join('\n')
  }
  return ({ links, page, kind }) => {
    const places = new Map<string, string>()
    for (const link of links) {
      if (places.size >= MAX_PLACES) break
      const [address = '', hash = ''] = link.split('#')
      const [, start, end = start] = /^L(\d+)(?:-L(\d+))?$/.exec(hash) ?? []
      if (address.startsWith('source/')) {
        const name = decodeURIComponent(address.slice('source/'.length))
        const isManifest = kind === 'commands' || kind === 'dependencies'
        if (start !== undefined)
          places.set(link, excerpt(name, Number(start), Math.min(Number(end), Number(start) + MAX_LINES)))
        else places.set(link, isManifest ? excerpt(name, 1, Math.min(MAX_FILE_LINES, linesOf(name).length)) : name)
        continue
      }
      const entry = byAddress.get(`${address === '' ? page : address}#${hash}`)
      if (entry === undefined) continue
      const first = Math.max(1, entry.start_line - BEFORE)
      places.set(link, excerpt(entry.file, first, Math.min(entry.end_line, entry.start_line + MAX_LINES)))
    }
    return [...places.values()]
  }
}
