/** Whether a definition is called after what holds it: a module, a file, a package. */

/** `templates`, `ITemplate` and `Orbit::Template` of a package `orbit` are all called after `template`, case and signs apart. */
export function isNamesake(name: string, holder: string, packageName = ''): boolean {
  const [own, other] = [plain(name), plain(holder)]
  if (other === '') return false
  const prefix = plain(packageName)
  const forms = [own]
  if (/^I\p{Lu}\p{Ll}/u.test(name)) forms.push(own.slice(1))
  if (prefix !== '' && own.startsWith(prefix)) forms.push(own.slice(prefix.length))
  return forms.some((form) => form !== '' && singular(form) === singular(other))
}

const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()

/** `entries` as `entry`, `classes` as `class`; a word such as `class` or `status` stays. */
function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ch|sh|ss|x|z)es$/.test(word)) return word.slice(0, -2)
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word
}
