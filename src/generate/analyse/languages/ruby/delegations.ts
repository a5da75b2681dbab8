/** What users of a method need that only hands over: the parameters of the method behind it, and which that is. */

import type { Component, SourceFile } from '#generate/model.ts'

const SEVERAL = /^(class << self; )?def_(?:instance_)?delegators ([^,\s]+), :(\S+)$/
const ONE = /^(class << self; )?def_(?:instance_)?delegator[ (]+([^,\s]+), :?["']?([\w?!=]+)/
const RAILS = /^(class << self; )?delegate :(\S+), to: (\S+)$/

/** Sets the signature of each method that is delegated to a method of this repository that is known, and says so in its comment. */
export function withRubyDelegations(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
): Component[] {
  const methods = new Map<string, Component[]>()
  const isCode = ({ file }: Component): boolean =>
    files.get(file)?.language === 'ruby' && files.get(file)?.role !== 'test'
  if (!components.some((one) => isDelegation(one) && isCode(one))) return [...components]
  for (const one of components) {
    if (one.kind !== 'method' || !isCode(one) || !one.signature.startsWith('def ')) continue
    const known = methods.get(one.name)
    if (known === undefined) methods.set(one.name, [one])
    else known.push(one)
  }
  return components.map((one) => {
    if (!isDelegation(one) || !isCode(one)) return one
    const [, ofClass, receiver = '', target = ''] = SEVERAL.exec(one.signature) ?? ONE.exec(one.signature) ?? []
    const [, ofClassToo, name = '', to = ''] =
      receiver === '' ? (RAILS.exec(one.signature) ?? []) : ['', ofClass, target, receiver]
    const found = ofReceiver(methods.get(name) ?? [], to)
    if (found === undefined) return one
    const self = ofClassToo === undefined ? '' : 'self.'
    const parameters = /^def (?:self\.)?[^\s(]+(.*)$/s.exec(found.signature)?.[1] ?? ''
    const see = `\`${found.qualifiedName.slice(0, -found.name.length - 1).replaceAll('.', '::')}#${found.name}\``
    return {
      ...one,
      signature: `def ${self}${one.name}${parameters}`,
      doc: one.doc ?? found.doc,
      details: { ...(one.doc === null ? found.details : {}), ...one.details, see: [...(one.details?.see ?? []), see] },
    }
  })
}

const isDelegation = ({ kind, signature }: Component): boolean =>
  kind === 'method' && /^(?:class << self; )?(?:def_(?:instance_)?delegators?|delegate)\b/.test(signature)

/** The method of the class that the receiver is named after: `@configuration`, of `Configuration`. */
function ofReceiver(methods: readonly Component[], receiver: string): Component | undefined {
  const own = receiver
    .replace(/^:?["']?@{0,2}|["']$/g, '')
    .replaceAll('_', '')
    .toLowerCase()
  const found = methods.filter(({ qualifiedName }) => qualifiedName.split('.').at(-2)?.toLowerCase() === own)
  return found.length === 1 ? found[0] : undefined
}
