/**
 * Statements of sets for a person to judge: some are drawn, written on a sheet with the lines that decide, and counted by
 * the verdicts. Verdicts are kept by statement, so that only what changed is judged again.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { print, readFlag } from '../measure.ts'
import { draw } from './draw.ts'
import { createPlaces } from './places.ts'
import { countsOf, type Drawn, type Judged, sheetOf, verdictsOf } from './sheet.ts'
import { KINDS, statementsOf } from './statements.ts'

const PER_SET = 60

export async function run(): Promise<void> {
  const folder = flag('sets')
  if (folder === undefined) throw new Error('Expected --sets=<folder>, with a set for each repository.')
  const store = flag('verdicts') ?? path.join(folder, 'verdicts.json')
  const sheet = flag('sheet') ?? path.join(folder, 'sheet.md')
  const asked = flag('kinds')?.split(',') ?? KINDS
  const judged = new Map<string, Judged>(
    existsSync(store) ? Object.entries(JSON.parse(readFileSync(store, 'utf8'))) : [],
  )
  const before = existsSync(sheet) ? readFileSync(sheet, 'utf8') : ''
  for (const [id, one] of verdictsOf(before)) judged.set(id, one)
  const drawn: Drawn[] = []
  const places = new Map<string, ReturnType<typeof createPlaces>>()
  for (const set of readdirSync(folder).sort()) {
    const own = path.join(folder, set)
    if (!existsSync(path.join(own, 'overview.md'))) continue
    const { generation_info } = JSON.parse(readFileSync(path.join(own, 'metadata.json'), 'utf8'))
    const pages = readdirSync(own).filter((name) => name.endsWith('.md') && name !== 'all-symbols.md')
    const statements = pages
      .flatMap((page) =>
        statementsOf(page, readFileSync(path.join(own, page), 'utf8'), `${set} ${generation_info.commit_id}`),
      )
      .filter(({ kind }) => asked.includes(kind))
    drawn.push(
      ...draw(statements, readFlag('statements', PER_SET), flag('seed') ?? '1').map((one) => ({ ...one, set })),
    )
    places.set(set, createPlaces(own))
  }
  writeFileSync(store, `${JSON.stringify(Object.fromEntries([...judged].sort()), null, 1)}\n`)
  const left = drawn.filter(({ id }) => !judged.has(id))
  writeFileSync(
    sheet,
    sheetOf(left, (one) => places.get(one.set)?.(one) ?? [], before),
  )
  print(countsOf(drawn, judged))
  for (const one of drawn) {
    const { verdict = 'useful', why = '' } = judged.get(one.id) ?? {}
    if (verdict !== 'useful')
      print(`${verdict}  ${one.set}, ${one.page}: ${one.text.slice(0, 160).replace(/\n/g, ' ')}  (${why})`)
  }
  if (left.length > 0) print(`${left.length} statements to judge are in ${sheet}.`)
}

const flag = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
