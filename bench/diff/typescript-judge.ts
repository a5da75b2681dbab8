/**
 * Breaking changes of a TypeScript package by the compiler itself: what an older version exports is used as a user would, with the
 * types of the newer one. A value breaks where its new type cannot be assigned to the old one; a type that users read, where its new
 * form cannot be assigned to the old one, and a type that they make, the other way round (`typescript-roles.ts`). Private members do
 * not count, nor does an export that differs only because another one does: one that is declared as before, or whose old declaration
 * fits where its names mean what they mean in the newer version.
 */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import type { Judge, Judged } from './judges.ts'
import { type Exported, exportsOf, OPTIONS } from './typescript-exports.ts'

/** What the compiler says of type arguments that a type does not take. */
const ARGUMENTS = /does not satisfy the constraint|requires (?:between )?\d[\d a-z]* type argument/

/** @param entry - Of the package, `src/index.ts`. @param work - A folder for the programs that are compiled. */
export function typescript(entry: string, work: string): Judge {
  let count = 0
  return {
    compare(before, after) {
      const folder = path.join(work, `judged-${count++}`)
      mkdirSync(folder)
      return compareEntries(path.join(before, entry), path.join(after, entry), folder, before)
    },
    normal: (key) => `#${key.split('#')[1]}`,
    isOurs: (key) => /\.[cm]?tsx?#/.test(key),
  }
}

function compareEntries(before: string, after: string, folder: string, root: string): Judged[] {
  if (!existsSync(before) || !existsSync(after)) throw new Error(`There is no ${before} or ${after}.`)
  const { all: old, roles } = exportsOf(before)
  const { all: now, hidden, values } = exportsOf(after)
  const gone = [...old].flatMap(([name, place]) =>
    now.has(name) ? [] : [{ key: `#${place.name}`, text: `removed; it was in ${path.relative(root, place.file)}` }],
  )
  // What the declarations of one version name is in the scope of the whole file.
  const typesIn = (all: ReadonlyMap<string, Exported>): string[] =>
    [...all].filter(([name, one]) => (one.isType || one.isClass) && !name.includes('.')).map(([name]) => name)
  const scope = typesIn(now)
  // What is gone has been reported by its name.
  const lost = typesIn(old).filter((name) => !scope.includes(name))
  const lines = [
    `import * as old from '${before}'`,
    `import * as now from '${after}'`,
    `import type { ${scope.join(', ')} } from '${after}'`,
    `import type { ${lost.join(', ')} } from '${before}'`,
    ...[...hidden].flatMap(([name, from]) =>
      scope.includes(name) || lost.includes(name) ? [] : [`import type { ${name} } from '${from}'`],
    ),
    // What a namespace exports is named without it inside.
    ...[...now.keys()].flatMap((name) => {
      const inner = name.slice(name.indexOf('.') + 1)
      return inner === name || [...scope, ...lost].includes(inner) || hidden.has(inner)
        ? []
        : [`import ${inner} = now.${name}`]
    }),
    ...[...values].flatMap(([name, from]) =>
      [...scope, ...lost].includes(name) || hidden.has(name) ? [] : [`import type { ${name} } from '${from}'`],
    ),
  ]
  const asked: { name: string; own: number[]; only?: RegExp }[] = []
  /**
   * @param own - The same question for the old declaration in the scope of the newer version.
   * @param declaredAt - The line of that declaration.
   */
  const ask = (name: string, line: string, own: string | undefined, declaredAt = lines.length + 1): void => {
    asked[lines.length] = { name, own: own === undefined ? [] : [lines.length + 1, declaredAt] }
    lines.push(line)
    if (own !== undefined) lines.push(own)
  }
  let number = 0
  for (const [name, { isValue, isType, parameters, isClass, shape, makes, generic }] of old) {
    const other = now.get(name)
    if (other === undefined) continue
    const id = number++
    if (generic !== undefined) {
      asked[lines.length] = { name, own: [], only: ARGUMENTS }
      lines.push(`type Arguments${id}<${generic.text}> = now.${name}<${generic.names}>`)
    }
    if (isClass) {
      const members = `declare const now${id}`
      const all = parameters === 0 ? '' : `<${Array.from({ length: parameters }, () => 'any').join(', ')}>`
      const declaredAt = lines.push(`type Own${id}${shape}`) - 1
      ask(
        name,
        `${members}: Pick<now.${name}, keyof now.${name}>; const old${id}: Pick<old.${name}, keyof old.${name}> = now${id}`,
        `${members}c: Pick<now.${name}, keyof now.${name}>; const own${id}: Own${id}${all} = now${id}c`,
        declaredAt,
      )
      const make = (suffix: string, type: string): string =>
        `declare const make${id}${suffix}: (...all: ConstructorParameters<typeof now.${name}>) => void; const made${id}${suffix}: ${type} = make${id}${suffix}`
      ask(
        name,
        make('', `(...all: ConstructorParameters<typeof old.${name}>) => void`),
        makes === undefined ? undefined : make('c', makes),
      )
      continue
    }
    if (isValue)
      ask(
        name,
        other.isValue
          ? `const value${id}: typeof old.${name} = now.${name}`
          : `const value${id}: never = 'no value any more'`,
        other.isValue && !isType ? `const own${id}: ${shape} = now.${name}` : undefined,
      )
    if (!isType) continue
    if (parameters < other.required || parameters > other.parameters) {
      ask(name, `const parameters${id}: never = 'other type parameters'`, undefined)
      continue
    }
    const all = parameters === 0 ? '' : `<${Array.from({ length: parameters }, () => 'any').join(', ')}>`
    const own = shape.replace(/^(?:(?:export|declare|default) )*(interface|type) [\w$]+/, `$1 Own${id}`)
    const isOwn = own.startsWith('interface ') || own.startsWith('type ')
    const declaredAt = isOwn ? lines.push(own.replace(/\s*\n\s*/g, ' ')) - 1 : undefined
    if (roles.read.has(name))
      ask(
        name,
        `declare const read${id}: now.${name}${all}; const is${id}: old.${name}${all} = read${id}`,
        isOwn ? `declare const read${id}c: now.${name}${all}; const is${id}c: Own${id}${all} = read${id}c` : undefined,
        declaredAt,
      )
    if (roles.made.has(name))
      ask(
        name,
        `declare const made${id}b: old.${name}${all}; const taken${id}: now.${name}${all} = made${id}b`,
        isOwn
          ? `declare const made${id}d: Own${id}${all}; const taken${id}d: now.${name}${all} = made${id}d`
          : undefined,
        declaredAt,
      )
  }
  const file = path.join(folder, 'uses.ts')
  writeFileSync(file, lines.join('\n'))
  const program = ts.createProgram([file], OPTIONS)
  const source = program.getSourceFile(file)
  if (source === undefined) throw new Error('The uses could not be read.')
  const troubles = new Map<number, string[]>()
  for (const { start = 0, messageText } of program.getSemanticDiagnostics(source)) {
    const { line } = source.getLineAndCharacterOfPosition(start)
    const text = ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 1_500)
    troubles.set(line, [...(troubles.get(line) ?? []), text])
  }
  const found = new Map<string, string>()
  for (const [line, question] of asked.entries()) {
    const text = troubles.get(line)?.find((one) => question?.only?.test(one) ?? true)
    if (question === undefined || text === undefined || found.has(question.name)) continue
    const { name, own } = question
    // An old declaration that names what the newer version does not export cannot be asked about alone. A type that no longer
    // takes its arguments is reported by its own name.
    const isTrouble = (one: number): boolean => troubles.get(one)?.some((text) => !ARGUMENTS.test(text)) === true
    const isOthers = own.length > 0 && !own.some(isTrouble)
    if (!isOthers) found.set(name, text)
  }
  const own = [...found].filter(([name]) => old.get(name)?.declared !== now.get(name)?.declared)
  return [...gone, ...own.map(([name, text]) => ({ key: `#${old.get(name)?.name ?? name}`, text }))]
}
