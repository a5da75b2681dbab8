/**
 * Determines the systems for which a Go file is compiled, by its name (`x_windows.go`), its `//go:build` line or its
 * `// +build` lines.
 *
 * A package may declare a name in several files, each for a different system. A program contains only one of these
 * declarations, so an edge leads to the one that is compiled with the file that uses it, on Linux and amd64 if possible.
 */

import type { Component, SourceFile } from '#generate/model.ts'
import { nameOf } from './paths.ts'

const SYSTEMS = new Set(
  `linux darwin windows freebsd netbsd openbsd dragonfly solaris illumos android ios aix js wasip1 plan9 hurd nacl zos`.split(
    ' ',
  ),
)
const UNIXES = new Set('linux darwin freebsd netbsd openbsd dragonfly solaris illumos android ios aix hurd'.split(' '))
const MACHINES = new Set(
  `amd64 arm64 386 arm wasm riscv64 ppc64 ppc64le mips mipsle mips64 mips64le s390x loong64 sparc64 riscv ppc mips64p32 amd64p32 armbe arm64be mips64p32le s390 sparc`.split(
    ' ',
  ),
)
/** Systems that also compile the files of another one, which is the value. */
const IMPLIED = new Map([
  ['android', 'linux'],
  ['illumos', 'solaris'],
  ['ios', 'darwin'],
])

/** An operating system and an architecture: `linux/amd64`. */
export type Target = string

/** Limit on the characters before the package clause of a file. */
const MAX_HEAD = 20_000
/** Limits on the tokens of an expression, which is read recursively, and on the groups in a line of the old form. */
const MAX_TOKENS = 500
const MAX_GROUPS = 100

const DEFAULT_TARGET: Target = 'linux/amd64'

export interface Constraints {
  readonly system: string | undefined
  readonly machine: string | undefined
  /** The expression after `//go:build`, also converted from the old form; '' without one. */
  readonly expression: string
}

/** @param head - The file's text before its package clause, possibly truncated. */
export function constraintsOf(path: string, head: string): Constraints {
  const at = head.search(/^package\b/m)
  const lines = (at < 0 ? head : head.slice(0, at)).match(/^\/\/(?:go:build|\s*\+build)\s[^\n]*/gm) ?? []
  return constraintsOfLines(
    path,
    lines.map((line) => line.trim()),
  )
}

/** @param lines - `//go:build linux && !cgo` and lines of the old form. */
export function constraintsOfLines(path: string, lines: readonly string[]): Constraints {
  // Go reads a name up to its first dot: `x_linux.pb.go` is for Linux.
  const [name = ''] = nameOf(path).split('.', 1)
  const parts = name
    .replace(/_test$/, '')
    .split('_')
    .slice(1)
  const last = parts.at(-1) ?? ''
  const machine = MACHINES.has(last) ? last : undefined
  const word = machine === undefined ? last : (parts.at(-2) ?? '')
  const system = SYSTEMS.has(word) ? word : undefined
  const line = lines.find((one) => one.startsWith('//go:build '))
  return { system, machine, expression: line?.slice('//go:build '.length) ?? oldExpression(lines) }
}

/** Converts `// +build linux,cgo darwin`: all lines must hold, one group of each line, and all tags of that group. */
function oldExpression(lines: readonly string[]): string {
  return lines
    .flatMap((line) => /^\/\/\s*\+build (.*)$/.exec(line)?.[1] ?? [])
    .map((line) => line.trim().split(/\s+/).slice(0, MAX_GROUPS))
    .map((groups) => `(${groups.map((group) => `(${group.split(',').join(' && ')})`).join(' || ')})`)
    .join(' && ')
}

export function isUnconstrained({ system, machine, expression }: Constraints): boolean {
  return system === undefined && machine === undefined && expression === ''
}

/** Whether a file is compiled on Linux and amd64. */
export function fitsDefault(constraints: Constraints): boolean {
  return fits(constraints, DEFAULT_TARGET)
}

/** The constraints in Go's notation: `windows`, `linux && arm64`, `!cgo`; '' without a constraint. */
export function platformText({ system, machine, expression }: Constraints): string {
  const named = [system, machine].filter((one) => one !== undefined).join(' && ')
  return expression === '' || expression === named ? named : named === '' ? expression : `${named} && (${expression})`
}

/** The target that a file is assumed to be compiled for. */
export function targetOf(constraints: Constraints): Target {
  if (fits(constraints, DEFAULT_TARGET)) return DEFAULT_TARGET
  for (const system of constraints.system === undefined ? SYSTEMS : [constraints.system]) {
    for (const machine of constraints.machine === undefined ? MACHINES : [constraints.machine]) {
      const target = `${system}/${machine}`
      if (fits(constraints, target)) return target
    }
  }
  return DEFAULT_TARGET
}

export function fits({ system, machine, expression }: Constraints, target: Target): boolean {
  const [os = '', arch = ''] = target.split('/')
  if (system !== undefined && !isSystem(system, os)) return false
  if (machine !== undefined && machine !== arch) return false
  return expression === '' || holds(expression, os, arch)
}

const isSystem = (tag: string, os: string): boolean => tag === os || tag === IMPLIED.get(os)

/** Whether `a && (b || !c)` holds; tags that users have to set are unset. */
function holds(expression: string, os: string, arch: string): boolean {
  const tokens = expression.match(/\w[\w.]*|&&|\|\||[!()]/g)?.slice(0, MAX_TOKENS) ?? []
  let at = 0
  const isSet = (tag: string): boolean =>
    isSystem(tag, os) ||
    tag === arch ||
    tag === 'gc' ||
    tag === 'cgo' ||
    /^go1\.\d+$/.test(tag) ||
    (tag === 'unix' && UNIXES.has(os))
  const either = (): boolean => {
    let value = both()
    while (tokens[at] === '||') {
      at++
      value = both() || value
    }
    return value
  }
  const both = (): boolean => {
    let value = one()
    while (tokens[at] === '&&') {
      at++
      value = one() && value
    }
    return value
  }
  const one = (): boolean => {
    const token = tokens[at++]
    if (token === '!') return !one()
    if (token !== '(') return isSet(token ?? '')
    const value = either()
    at++
    return value
  }
  return either()
}

/**
 * The file with the declaration of a component that is compiled together with a file that uses it. Several files may declare
 * it, each for a different system.
 *
 * @param user - The path of the file that uses it.
 */
export function fileForUser(
  files: ReadonlyMap<string, SourceFile>,
  { file, declarations }: Pick<Component, 'file' | 'declarations'>,
  user: string,
): string {
  if (declarations === undefined || !file.endsWith('.go') || !user.endsWith('.go')) return file
  if (declarations.some((one) => one.file === user)) return user
  const constraintsIn = (path: string): Constraints =>
    constraintsOf(path, files.get(path)?.text?.slice(0, MAX_HEAD) ?? '')
  const target = targetOf(constraintsIn(user))
  if (fits(constraintsIn(file), target)) return file
  return declarations.find((one) => fits(constraintsIn(one.file), target))?.file ?? file
}
