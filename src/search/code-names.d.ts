export function chainOf(title: string): string[]
