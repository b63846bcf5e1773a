/* SHA-256, as FIPS 180-4 defines it. Included by needmatch_verify.c alone. */
#ifndef NEEDMATCH_SHA256_H
#define NEEDMATCH_SHA256_H

#include <stdint.h>
#include <string.h>

typedef struct { uint32_t state[8]; uint64_t length; unsigned char block[64]; } Sha256;

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turned(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void sha256_block(uint32_t *state, const unsigned char *block) {
    uint32_t w[64], x[8];
    for (int t = 0; t < 64; t++) {
        const unsigned char *b = block + 4 * t;
        if (t < 16) { w[t] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]; continue; }
        w[t] = (turned(w[t - 2], 17) ^ turned(w[t - 2], 19) ^ w[t - 2] >> 10) + w[t - 7] + w[t - 16] +
               (turned(w[t - 15], 7) ^ turned(w[t - 15], 18) ^ w[t - 15] >> 3);
    }
    memcpy(x, state, sizeof x);
    for (int t = 0; t < 64; t++) {
        uint32_t sum = x[7] + K[t] + w[t] + (turned(x[4], 6) ^ turned(x[4], 11) ^ turned(x[4], 25)) + ((x[4] & x[5]) ^ (~x[4] & x[6]));
        uint32_t most = (turned(x[0], 2) ^ turned(x[0], 13) ^ turned(x[0], 22)) + ((x[0] & x[1]) ^ (x[0] & x[2]) ^ (x[1] & x[2]));
        memmove(x + 1, x, 7 * sizeof *x);
        x[4] += sum;
        x[0] = sum + most;
    }
    for (int k = 0; k < 8; k++) state[k] += x[k];
}

static void sha256_start(Sha256 *hash) {
    static const uint32_t start[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(hash->state, start, sizeof start);
    hash->length = 0;
}

static void sha256_add(Sha256 *hash, const char *bytes, size_t length) {
    for (size_t k = 0; k < length; k++) {
        hash->block[hash->length++ % 64] = (unsigned char)bytes[k];
        if (hash->length % 64 == 0) sha256_block(hash->state, hash->block);
    }
}

static void sha256_end(Sha256 *hash, unsigned char *digest) {
    uint64_t bits = 8 * hash->length;
    char length[8];
    for (int k = 0; k < 8; k++) length[k] = (char)(unsigned char)(bits >> (56 - 8 * k));
    sha256_add(hash, "\x80", 1);
    while (hash->length % 64 != 56) sha256_add(hash, "", 1);
    sha256_add(hash, length, 8);
    for (int k = 0; k < 32; k++) digest[k] = (unsigned char)(hash->state[k / 4] >> (24 - 8 * (k % 4)));
}

#endif
