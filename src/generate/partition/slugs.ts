/** File names of modules: from the path, unique in a set on every file system, safe in a URL. */

import { createHash } from 'node:crypto'

const MAX_LENGTH = 100
/** Pages that are not modules. */
const RESERVED = [
  'overview',
  'packages-and-scripts',
  'continuous-integration',
  'images-and-services',
  'data-and-interfaces',
  'all-symbols',
]

/** Names of pages that a site or a server may have for itself. */
const TAKEN = ['index', 'search', '404']
/** Names of devices, which Windows gives to no file whatever its extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/

/**
 * Slugs for module ids, in their order: `src/http` → `src-http`. An id whose slug is taken, cut or reserved gets six hex of
 * its hash, so it does not depend on how many others there are.
 *
 * @param ids - Unique. The first of two with the same slug keeps it plain.
 */
export function slugsOf(ids: readonly string[]): Map<string, string> {
  const slugs = new Map<string, string>()
  const taken = new Set([...RESERVED, ...TAKEN])
  for (const id of ids) {
    const name = id
      .toLowerCase()
      .replace(/[^a-z0-9._]+/g, '-')
      .replace(/^[-._]+|(?<![-._])[-._]+$/g, '')
    const plain = DEVICE.test(name) ? `module-${name}` : name
    let slug = plain
    for (let round = 0; slug === '' || slug.length > MAX_LENGTH || taken.has(slug); round++) {
      const hash = createHash('sha256').update(`${id}\0${round}`).digest('hex').slice(0, 6)
      slug = `${plain.slice(0, MAX_LENGTH - 7).replace(/(?<![-._])[-._]+$/, '') || 'module'}-${hash}`
    }
    taken.add(slug)
    slugs.set(id, slug)
  }
  return slugs
}
