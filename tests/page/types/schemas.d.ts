// What the service's answers have, by the names of its OpenAPI document.
type Schemas = import("./openapi").components["schemas"];

// What h("p.quiet") makes: the element of the tag before the first class.
type Made<Spec extends string> = Spec extends `${infer Tag}.${string}` ? ElementOf<Tag> : ElementOf<Spec>;
type ElementOf<Tag extends string> = Tag extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag] : HTMLElement;
