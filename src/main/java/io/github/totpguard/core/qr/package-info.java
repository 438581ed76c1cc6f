/**
 * QR codes (ISO/IEC 18004): draws a text as inline SVG, PNG or blocks in a terminal, and searches for codes in a
 * picture. Nothing is written to or read from outside the process.
 */
package io.github.totpguard.core.qr;
