/** Dense indices 0…U−1 and 0…I−1. Branded, so that a user can never be passed where an item belongs. Source ids stay strings. */
export type UserIndex = number & { readonly __brand: 'UserIndex' };
export type ItemIndex = number & { readonly __brand: 'ItemIndex' };

export const userIndex = (n: number): UserIndex => n as UserIndex;
export const itemIndex = (n: number): ItemIndex => n as ItemIndex;
