export function hashSources(): string
export function listSources(): string[]
