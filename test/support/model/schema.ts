/** Walks a JSON schema and has an author fill it: one value for every property, whatever the schema is called. */

/** What a walk needs to know of a schema; anything else in it is ignored. */
interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  items?: Schema
  minItems?: number
  maxItems?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** Who knows what belongs where. `T` is what the author has in mind about a place; each object and item may have its own. */
export interface Author<T> {
  /** On entering an object with these properties. */
  enter(properties: readonly string[], topic: T): T
  /** One topic for each item of the list of this name; `isObjects` when its items have these properties, else `undefined`. */
  items(key: string, topic: T, properties: readonly string[] | undefined): T[]
  /** `null` only where the schema allows it. */
  text(key: string, topic: T): string | null
  whole(key: string, topic: T): number | null
}

/** @returns A value of the schema; `null` where the schema says nothing. */
export function fill<T>(root: unknown, author: Author<T>, topic: T): unknown {
  return fillAt(root as Schema, 'answer', topic, { root: root as Schema, author, depth: 0 })
}

interface Walk<T> {
  root: Schema
  author: Author<T>
  /** Of schemas that contain themselves, not more than this is unfolded. */
  depth: number
}

function fillAt<T>(given: Schema, key: string, topic: T, walk: Walk<T>): unknown {
  const variants = variantsOf(given, walk.root)
  const isNullable = variants.some(({ type }) => type === 'null')
  const schema = variants.find(({ type }) => type !== 'null')
  if (schema === undefined) return null
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const deeper = { ...walk, depth: walk.depth + 1 }
  if (schema.properties !== undefined || schema.type === 'object') return fillObject(schema, topic, deeper)
  if (schema.type === 'array') return fillList(schema, key, topic, deeper)
  if (schema.type === 'integer' || schema.type === 'number') {
    const number = walk.author.whole(key, topic)
    if (number === null && isNullable) return null
    return Math.min(Math.max(number ?? 0, schema.minimum ?? -Infinity), schema.maximum ?? Infinity)
  }
  if (schema.type === 'boolean') return false
  if (schema.type !== 'string') return null
  const text = walk.author.text(key, topic)
  if (text === null && isNullable) return null
  return [...(text ?? '')].slice(0, schema.maxLength).join('')
}

function fillObject<T>(schema: Schema, topic: T, walk: Walk<T>): Record<string, unknown> {
  const properties = Object.entries(schema.properties ?? {})
  const own = walk.author.enter(
    properties.map(([key]) => key),
    topic,
  )
  return Object.fromEntries(properties.map(([key, property]) => [key, fillAt(property, key, own, walk)]))
}

function fillList<T>(schema: Schema, key: string, topic: T, walk: Walk<T>): unknown[] {
  if (walk.depth > 12) return []
  const item = variantsOf(schema.items ?? {}, walk.root).find(({ type }) => type !== 'null') ?? {}
  const topics = walk.author.items(key, topic, item.properties && Object.keys(item.properties))
  while (topics.length < (schema.minItems ?? 0)) topics.push(topics[0] ?? topic)
  return topics.slice(0, schema.maxItems).map((one) => fillAt(item, key, one, walk))
}

/** The schemas that a place may have, each with one type, references followed. */
function variantsOf(schema: Schema, root: Schema, hops = 0): Schema[] {
  if (hops > 20) return []
  if (schema.$ref !== undefined) return variantsOf(followed(schema.$ref, root), root, hops + 1)
  const among = schema.anyOf ?? schema.oneOf
  if (among !== undefined) return among.flatMap((one) => variantsOf(one, root, hops + 1))
  if (schema.allOf !== undefined)
    return [Object.assign({}, schema, ...schema.allOf.flatMap((one) => variantsOf(one, root, hops + 1)))]
  if (Array.isArray(schema.type)) return schema.type.map((type) => ({ ...schema, type }))
  return [schema]
}

/** `#/$defs/claim`, `#`. */
function followed(reference: string, root: Schema): Schema {
  const steps = reference.replace(/^#\/?/, '').split('/').filter(Boolean)
  return (
    (steps.reduce(
      (at, step) => (at as Record<string, unknown> | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')],
      root as unknown,
    ) as Schema) ?? {}
  )
}
