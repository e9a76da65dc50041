/** Resources of one type by id; Azure compares ids without regard to case and keeps the case of the first writer. */
export class Collection<Item extends { id: string }> {
  private readonly items = new Map<string, Item>();

  /** The same items, whatever becomes of this collection. */
  copy(): Collection<Item> {
    const copy = new Collection<Item>();
    this.all().forEach((item) => copy.put(item));
    return copy;
  }

  /** Takes another collection's items in place of its own. */
  replaceWith(other: Collection<Item>): void {
    this.items.clear();
    other.all().forEach((item) => this.put(item));
  }

  get(id: string): Item | undefined {
    return this.items.get(id.toLowerCase());
  }

  put(item: Item): void {
    this.items.set(item.id.toLowerCase(), item);
  }

  delete(id: string): boolean {
    return this.items.delete(id.toLowerCase());
  }

  all(): Item[] {
    return [...this.items.values()];
  }

  /** The items whose id lies below `scopeId`, not the one at it. */
  below(scopeId: string): Item[] {
    const prefix = `${scopeId.toLowerCase()}/`;
    return this.all().filter(({ id }) => id.toLowerCase().startsWith(prefix));
  }

  deleteBelow(scopeId: string): void {
    for (const { id } of this.below(scopeId)) {
      this.delete(id);
    }
  }
}
