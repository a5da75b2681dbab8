/** Gives Ruby methods that merely call another method its parameters, and a reference to it. */

import { push } from '#base/multimap.ts'
import type { Component, SourceFile } from '#generate/model.ts'

const SEVERAL = /^(class << self; )?def_(?:instance_)?delegators ([^,\s]+), :(\S+)$/
const ONE = /^(class << self; )?def_(?:instance_)?delegator[ (]([^,\s(]+), :?["']?([\w?!=]+)/
/** Matches signatures of members that calls can be delegated to. */
const DEFINED = /^(?:def|attr_\w+) /
const RAILS = /^(class << self; )?delegate :(\S+), to: (\S+)$/

/**
 * Sets the signature of each method that delegates to a known method or attribute of the repository, and refers to it.
 */
export function withRubyDelegations(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
): Component[] {
  const isCode = ({ file }: Component): boolean =>
    files.get(file)?.language === 'ruby' && files.get(file)?.role !== 'test'
  if (!components.some((one) => isDelegation(one) && isCode(one))) return [...components]
  const members = new Map<string, Component[]>()
  for (const one of components) if (isCode(one) && DEFINED.test(one.signature)) push(members, one.name, one)
  return components.map((one) => {
    const delegation = isDelegation(one) && isCode(one) ? delegationOf(one) : undefined
    const found = delegation === undefined ? undefined : targetOf(members, delegation.name, delegation.receiver)
    if (delegation === undefined || found === undefined) return one
    const isSetter = found.name !== delegation.name
    const parameters = isSetter ? '(value)' : (/^def (?:self\.)?[^\s(]+(.*)$/s.exec(found.signature)?.[1] ?? '')
    const owner = found.qualifiedName.slice(0, -found.name.length - 1).replaceAll('.', '::')
    const see = [...(one.details?.see ?? []), `\`${owner}#${found.name}\``]
    return {
      ...one,
      signature: `def ${delegation.isOfClass ? 'self.' : ''}${one.name}${parameters}`,
      details: { ...one.details, see },
    }
  })
}

const isDelegation = ({ kind, signature }: Component): boolean =>
  kind === 'method' && /^(?:class << self; )?(?:def_(?:instance_)?delegators?|delegate)\b/.test(signature)

interface Delegation {
  readonly isOfClass: boolean
  readonly receiver: string
  readonly name: string
}

function delegationOf({ signature }: Component): Delegation | undefined {
  const [forwarded, ofClass, receiver = '', name = ''] = SEVERAL.exec(signature) ?? ONE.exec(signature) ?? []
  if (forwarded !== undefined) return { isOfClass: ofClass !== undefined, receiver, name }
  const [delegated, ofSelf, own = '', to = ''] = RAILS.exec(signature) ?? []
  return delegated === undefined ? undefined : { isOfClass: ofSelf !== undefined, receiver: to, name: own }
}

/** The member of the class that the receiver is named after, such as `Configuration` for `@configuration`. */
function targetOf(members: ReadonlyMap<string, Component[]>, name: string, receiver: string): Component | undefined {
  const own = receiver
    .replace(/^:?["']?@{0,2}|["']$/g, '')
    .replaceAll('_', '')
    .toLowerCase()
  const isOf = ({ qualifiedName }: Component): boolean => qualifiedName.split('.').at(-2)?.toLowerCase() === own
  const methods = (members.get(name) ?? []).filter(isOf)
  const set = name.endsWith('=') && methods.length === 0 ? (members.get(name.slice(0, -1)) ?? []).filter(isOf) : []
  const found = [...methods, ...set.filter(({ signature }) => /^attr_(?:accessor|writer)/.test(signature))]
  return found.length === 1 ? found[0] : undefined
}
