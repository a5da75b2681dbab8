import type { NavItem } from '#generate/guides/library.ts'

/** Drops entries without a document and without children. */
export function pruned(items: readonly NavItem[]): NavItem[] {
  return items.flatMap((item): NavItem[] => {
    const children = pruned(item.children)
    return item.path === null && children.length === 0 ? [] : [{ ...item, children }]
  })
}
