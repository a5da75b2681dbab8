/** Finds variable names computed from a literal prefix and an identifier. */

export interface ComputedName {
  /** The identifier that holds the whole name, or the part after the prefix; `null` for any other expression. */
  identifier: string | null
  prefix: string
}

/**
 * Limits for finding the assignment of a variable: characters before the read, and occurrences of the
 * identifier that are checked.
 */
const MAX_BEFORE = 4_000
const MAX_OCCURRENCES = 20
const SINGLE = /^[&*$]?([A-Za-z_]\w*)(?:\.(?:c_str|as_str|as_ref|to_s|upper|toUpperCase)(?:\(\))?)?$/
/**
 * `"APP_" + key`, `f"APP_{key}"`, `"APP_#{key}"`, `format!("APP_{key}")`, `fmt.Sprintf("APP_%s", key)`, `"APP_%s" %
 * key`.
 */
const JOINED = [
  /^["']([A-Z0-9_]+)["']\s*[+.]\s*(\$?[A-Za-z_]\w*)(?:\.(?:upper|toUpperCase)\(\))?$/,
  /^f["']([A-Z0-9_]+)\{([A-Za-z_]\w*)(?:\.upper\(\))?\}["']$/,
  /^"([A-Z0-9_]+)[#$]\{([A-Za-z_]\w*)(?:\.upcase)?\}"$/,
  /^&?format!\("([A-Z0-9_]+)\{([A-Za-z_]\w*)\}"\)$/,
  /^&?format!\("([A-Z0-9_]+)\{\}",\s*([A-Za-z_]\w*)\)$/,
  /^(?:fmt\.Sprintf|String\.format|sprintf)\(["']([A-Z0-9_]+)%s["'],\s*(\$?[A-Za-z_]\w*)\)$/,
  /^["']([A-Z0-9_]+)%s["']\s*%\s*([A-Za-z_]\w*)$/,
]
/** The literal start of such an expression, whatever follows. */
const HEAD =
  /^&?(?:f|format!\(|fmt\.Sprintf\(|String\.format\(|sprintf\()?["'`]([A-Z][A-Z0-9]{0,30}_(?:[A-Z0-9]{1,30}_){0,6})(?:[{%]|#\{|\$\{|["']\s*[+.]\s*[\w$("'])/
const ASSIGNED = /^(?:\s{0,4}:[^=\n;]{1,40})?\s{0,20}:?=(?![=>])\s{0,20}(.{1,160})/

export function computedName(text: string): ComputedName {
  const plain = SINGLE.exec(text)
  if (plain !== null) return { identifier: text.startsWith('$') ? `$${plain[1]}` : (plain[1] ?? null), prefix: '' }
  for (const form of JOINED) {
    const joined = form.exec(text)
    if (joined !== null) return { identifier: joined[2] ?? null, prefix: joined[1] ?? '' }
  }
  return { identifier: null, prefix: HEAD.exec(text)?.[1] ?? '' }
}

/** The value last assigned to a variable before a position, if it is a computed name. */
export function assignedName(text: string, from: number, to: number, identifier: string): ComputedName | undefined {
  const before = text.slice(Math.max(from, to - MAX_BEFORE), to)
  let at = before.length
  for (let left = MAX_OCCURRENCES; left > 0; left--) {
    at = at <= 0 ? -1 : before.lastIndexOf(identifier, at - 1)
    if (at < 0) return undefined
    if (/[\w$.]/.test(before[at - 1] ?? '')) continue
    const value = ASSIGNED.exec(before.slice(at + identifier.length, at + identifier.length + 260))?.[1]
    if (value === undefined) continue
    const found = computedName((value.split(';', 1)[0] ?? '').trim())
    return found.prefix === '' ? undefined : found
  }
  return undefined
}

/** How a computed name is displayed: its prefix and an ellipsis. */
export const patternOf = (prefix: string): string => `${prefix}…`
