/** Specializations of templates: `template <> struct hash<Key> {…}`. */

/** @param header - The header of a class on one line, up to its body. */
export function isSpecialization(header: string, name: string): boolean {
  if (name === '' || !header.includes('<')) return false
  const own = withoutBases(withoutParameters(header))
  const at = own.lastIndexOf(name, own.indexOf('<', own.indexOf(name)))
  return at >= 0 && /^\s*</.test(own.slice(at + name.length)) && !/\w/.test(own[at - 1] ?? ' ')
}

/** Removes `template <…>`, which may occur several times. */
function withoutParameters(header: string): string {
  let rest = header
  for (let steps = 0; steps < 10 && /^\s*template\s*</.test(rest); steps++) {
    let depth = 0
    let at = rest.indexOf('<')
    for (; at < rest.length; at++) {
      if (rest[at] === '<') depth++
      else if (rest[at] === '>' && --depth === 0) break
    }
    rest = rest.slice(at + 1)
  }
  return rest
}

/** The part up to a `:` that is not part of `::`. */
function withoutBases(head: string): string {
  const at = head.search(/(?<!:):(?!:)/)
  return at < 0 ? head : head.slice(0, at)
}
