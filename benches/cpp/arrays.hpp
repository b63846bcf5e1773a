// Reads an instance from its NumPy files, and measures memory: what the peers in C++ share.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

[[noreturn]] inline void fail(const std::string &wrong) {
    std::cerr << wrong << '\n';
    std::exit(1);
}

// A list of numbers of one type, as `benches/src/npy.rs` writes it: version 1.0, one dimension, little end first.
template <typename T>
std::vector<T> load(const std::string &folder, const std::string &name, const std::string &descr) {
    std::ifstream file(folder + "/" + name + ".npy", std::ios::binary);
    unsigned char start[10];
    if (!file.read(reinterpret_cast<char *>(start), sizeof start)) fail("there is no " + name + ".npy");
    std::string text(start[8] + 256 * start[9], ' ');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    const std::string shape = "'shape': (";
    const auto at = text.find(shape);
    if (text.find("'" + descr + "'") == std::string::npos || at == std::string::npos)
        fail(name + ".npy is not a list of " + descr);
    std::vector<T> values(std::strtoull(text.c_str() + at + shape.size(), nullptr, 10));
    const auto bytes = static_cast<std::streamsize>(values.size() * sizeof(T));
    if (!file.read(reinterpret_cast<char *>(values.data()), bytes)) fail(name + ".npy is too short");
    return values;
}

struct Arrays {
    std::vector<std::int64_t> indptr, capacity, parent;
    std::vector<std::int32_t> node, score;
    std::vector<std::uint8_t> tier;

    explicit Arrays(const std::string &folder)
        : indptr(load<std::int64_t>(folder, "indptr", "<i8")),
          capacity(load<std::int64_t>(folder, "capacity", "<i8")),
          parent(load<std::int64_t>(folder, "parent", "<i8")),
          node(load<std::int32_t>(folder, "node", "<i4")),
          score(load<std::int32_t>(folder, "score", "<i4")) {
        if (std::ifstream(folder + "/tier.npy"))
            tier = load<std::uint8_t>(folder, "tier", "|u1");
        else
            tier.assign(n_needs(), 0);
    }

    int n_needs() const { return static_cast<int>(indptr.size()) - 1; }
    int n_nodes() const { return static_cast<int>(capacity.size()); }
};

// A line of /proc/self/status in bytes.
inline long long status(const std::string &key) {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.rfind(key, 0) == 0) return 1024 * std::strtoll(line.c_str() + key.size(), nullptr, 10);
    return 0;
}

// Sets the high-water mark of memory back to what is resident now, which it returns.
inline long long watch_memory() {
    std::ofstream("/proc/self/clear_refs") << 5;
    return status("VmRSS:");
}
