/** The first words of a reStructuredText README as Markdown: directives go, roles and links become Markdown. */

/** Linear in the text. What is not recognised stays as it is. */
export function rstToMarkdown(text: string): string {
  const kept: string[] = []
  let skipDeeperThan = -1
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length
    if (skipDeeperThan >= 0 && (line.trim() === '' || indent > skipDeeperThan)) continue
    skipDeeperThan = -1
    if (/^\s*(?:\.\.(?:\s|$)|\|[^|]+\|(?:_{1,2})?\s*$)/.test(line))
      skipDeeperThan = line.trimStart().startsWith('..') ? indent : -1
    else kept.push(line)
  }
  return kept
    .join('\n')
    .replace(/:[a-z][a-z:+-]{0,30}:`([^`<\n]{1,200}?) *(?:<[^>\n]{0,200}>)?`/g, '$1')
    .replace(/`([^`<\n]{0,199}[^`<\s]) *<(https?:[^>\s]{1,300})>`__?/g, '[$1](<$2>)')
    .replace(/`([^`\n]{1,100})`__?/g, '$1')
    .replace(/\b([A-Za-z0-9]{1,60})_(?=[\s.,;)])/g, '$1')
    .replace(/::[ \t]*$/gm, ':')
}
