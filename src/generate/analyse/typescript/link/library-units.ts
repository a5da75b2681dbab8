/** The standard library, as the compiler declares it. */

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ts } from '#generate/analyse/compiler.mjs'
import { parseFile } from '../parse.ts'
import { summaryOf } from '../summary/summary.ts'
import type { UnitSource } from './units.ts'

const FOLDER = path.dirname(fileURLToPath(import.meta.resolve('typescript')))
let made: readonly UnitSource[] | undefined

export function libraryUnits(): readonly UnitSource[] {
  if (made === undefined) {
    const names = ts.sys.readDirectory(FOLDER, ['.d.ts'], undefined, ['lib.es*.d.ts'])
    made = names.filter((name: string) => !/full|intl|lib\.es6/.test(name)).sort().map(unitOf)
  }
  return made as readonly UnitSource[]
}

function unitOf(name: string): UnitSource {
  const parsed = parseFile(path.basename(name), readFileSync(name, 'utf8'))
  if (parsed === undefined) throw new Error(`${name} is nested too deeply.`)
  const summary = summaryOf(parsed.tree, '', { components: [], owners: new Map(), whole: undefined }, undefined)
  return { path: '', summary, components: [], whole: undefined }
}
