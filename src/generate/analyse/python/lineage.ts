/** Lists the bases of a class in the order in which members are looked up: Python's order, except in rare diamonds. */

import type { Binding, Definition } from './facts.ts'
import { chooseBinding, joined, touchMember } from './names.ts'
import type { Program } from './program.ts'
import { type Evaluation, optionsOf } from './values.ts'

export interface Lineage {
  /** The class itself, then its bases in the repository. */
  readonly classes: readonly Definition[]
  /** True if a base is outside the repository or unknown, so that there may be more members. */
  readonly isOpen: boolean
  readonly isEnum: boolean
  readonly isProtocol: boolean
}

/** Limit on the direct and indirect bases of a class. */
const MAX_CLASSES = 200

const ENUM = /(?:^|\.)(?:Enum|IntEnum|StrEnum|Flag|IntFlag|ReprEnum)$/

/** Not the class of this name in `asyncio`. */
const PROTOCOL = /^(?:typing(?:_extensions)?\.)?Protocol$/

/** Bases outside the repository without members of interest. */
const PLAIN = /(?:^|\.)(?:object|Generic|Protocol|ABC)$/

export function lineageOf(program: Program, definition: Definition): Lineage {
  const { lineage, file, node } = definition
  const part = file.parts.at(node)
  const known = program.evaluator.recall(lineage, part)
  if (known !== undefined) return known
  // Resolving the bases may look up members of this class, which has no bases during that time.
  const alone = { classes: [definition], isOpen: true, isEnum: false, isProtocol: false }
  return program.evaluator.ask(lineage, part, alone, () => readLineage(program, definition))
}

function readLineage(program: Program, definition: Definition): Lineage {
  const classes = new Set<Definition>()
  let isOpen = false
  let isEnum = false
  let isProtocol = false
  const work: Definition[] = [definition]
  while (work.length > 0) {
    const next = work.pop()
    if (next === undefined || classes.size > MAX_CLASSES) break
    // A base that several classes share goes after the last of them.
    if (classes.has(next) && next !== definition) classes.delete(next)
    else if (classes.has(next)) continue
    classes.add(next)
    const bases: Definition[] = []
    for (const base of next.bases) {
      const { value } = program.evaluate(next.file, base, next.scope)
      let isKnown = false
      for (const option of optionsOf(value)) {
        if (option.kind === 'class') {
          isKnown = true
          bases.push(option.definition)
        } else if (option.kind === 'outside') {
          const name = option.name ?? ''
          isEnum ||= ENUM.test(name)
          isProtocol ||= next === definition && PROTOCOL.test(name)
          isKnown ||= PLAIN.test(name)
        }
      }
      isOpen ||= !isKnown
    }
    for (const base of bases.reverse()) if (base !== next) work.push(base)
    if (work.length > MAX_CLASSES * 4) break
  }
  return { classes: [...classes], isOpen, isEnum, isProtocol }
}

/** A member of a class, and the class of its lineage that declares it. */
export interface Member {
  readonly found: Evaluation
  readonly owner: Definition
}

/**
 * The member of this name.
 *
 * @param after - Skips this class and those before it, as `super()` does.
 */
export function findMember(
  program: Program,
  definition: Definition,
  name: string,
  after: Definition | null = null,
): Member | undefined {
  const { classes } = lineageOf(program, definition)
  const first = after === null ? 0 : classes.indexOf(after) + 1
  for (let i = first; i < classes.length; i++) {
    const owner = classes[i]
    if (owner === undefined) continue
    touchMember(program.evaluator, owner, name)
    const bindings = bindingsOf(owner, name)
    if (bindings.length > 0) return { found: chooseBinding(program, bindings, undefined), owner }
  }
  return undefined
}

function bindingsOf(owner: Definition, name: string): readonly Binding[] {
  const inBody = owner.body?.names.get(name)
  const onSelf = owner.instanceFields.get(name)
  return inBody === undefined ? (onSelf ?? []) : onSelf === undefined ? inBody : joined(inBody, onSelf)
}
