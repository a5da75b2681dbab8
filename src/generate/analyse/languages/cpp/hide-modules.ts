/**
 * Hides C++20 module declarations, which the grammar misreads as variables: `import std;`, `export module a;`. Exported
 * declarations stay, without the word `export`. The text keeps its length.
 */

const DIRECTIVE = /(?<![^\n])[ \t]*(?:export[ \t]+)?(?:module|import)(?:[ \t]+[\w.:<>"/-]{1,200})?[ \t]*;/g
const EXPORT = /(?<![^\n])([ \t]*)export(?=[ \t]+[A-Za-z_])/g

export function hideModules(text: string): string {
  if (!/\b(?:import|module)\b/.test(text)) return text
  return text
    .replace(DIRECTIVE, (all) => ' '.repeat(all.length))
    .replace(EXPORT, (_, margin: string) => `${margin}      `)
}
