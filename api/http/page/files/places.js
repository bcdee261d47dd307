// Where one can go: five places within reach of a thumb, and those that a phone has behind the name.

export const PLACES = ["foryou", "tonight", "ask", "search", "watchlist"];
export const MORE = ["history", "group", "blend", "path", "map", "taste", "library"];
