/** What an e-mail address looks like; the server knows exactly. */
export const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
