/** What the towers see of users and items. Shared with the other models that read columns and text. */
export * from '../../compute/entity-features';
