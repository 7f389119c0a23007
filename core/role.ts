/** Who may do what. A procedure names the roles it is for; a person has one or more of them. */
export const roles = ['viewer', 'clerk', 'manager', 'administrator'] as const
export type Role = (typeof roles)[number]

export type Person = { readonly personId: number; readonly name: string; readonly roles: readonly Role[] }
