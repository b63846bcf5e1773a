// Solves an instance with LEMON: lemon simplex|scaling FOLDER. Prints one JSON object.
//
// The same network as for OR-Tools: needs are sources of one unit, each may stay out at cost 0, roots drain into one
// sink, and a tier is one large step of cost. Only the call of `run` is counted as solving.

#include <algorithm>
#include <chrono>

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include "arrays.hpp"

using Graph = lemon::SmartDigraph;
using Clock = std::chrono::steady_clock;

static double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

template <typename Solver>
void solve(const Arrays &arrays) {
    const long long before = watch_memory();
    auto start = Clock::now();
    const int n_needs = arrays.n_needs(), n_nodes = arrays.n_nodes();
    long long largest = 0;
    for (const int score : arrays.score) largest = std::max(largest, std::abs(static_cast<long long>(score)));
    // Above what a path of a thousand moves can lose; the total is compared with a proven one afterwards.
    const long long step = 1000 * (largest + 1);

    Graph graph;
    graph.reserveNode(n_needs + n_nodes + 1);
    graph.reserveArc(static_cast<int>(arrays.node.size()) + n_needs + n_nodes);
    for (int k = 0; k <= n_needs + n_nodes; k++) graph.addNode();
    const auto place = [&](long long node) { return graph.nodeFromId(n_needs + static_cast<int>(node)); };
    const auto sink = graph.nodeFromId(n_needs + n_nodes);
    Graph::ArcMap<int> room(graph);
    Graph::ArcMap<long long> cost(graph);
    for (int need = 0; need < n_needs; need++) {
        const auto from = graph.nodeFromId(need);
        for (auto edge = arrays.indptr[need]; edge < arrays.indptr[need + 1]; edge++) {
            const auto arc = graph.addArc(from, place(arrays.node[edge]));
            room[arc] = 1;
            cost[arc] = -(arrays.score[edge] + step * arrays.tier[need]);
        }
    }
    for (int need = 0; need < n_needs; need++) {
        const auto arc = graph.addArc(graph.nodeFromId(need), sink);
        room[arc] = 1;
        cost[arc] = 0;
    }
    for (int node = 0; node < n_nodes; node++) {
        const auto above = arrays.parent[node];
        const auto arc = graph.addArc(place(node), above < 0 ? sink : place(above));
        room[arc] = static_cast<int>(std::min<long long>(arrays.capacity[node], n_needs));
        cost[arc] = 0;
    }
    Graph::NodeMap<int> supply(graph, 0);
    for (int need = 0; need < n_needs; need++) supply[graph.nodeFromId(need)] = 1;
    supply[sink] = -n_needs;
    Solver solver(graph);
    solver.upperMap(room).costMap(cost).supplyMap(supply);
    const double build = seconds_since(start);

    start = Clock::now();
    const auto outcome = solver.run();
    const double seconds = seconds_since(start);
    if (outcome != Solver::OPTIMAL) fail("LEMON finds no optimum");

    long long tier = 0, score = 0;
    for (int need = 0; need < n_needs; need++)
        for (auto edge = arrays.indptr[need]; edge < arrays.indptr[need + 1]; edge++)
            if (solver.flow(graph.arcFromId(static_cast<int>(edge))) > 0) {
                tier += arrays.tier[need];
                score += arrays.score[edge];
            }
    std::cout << "{\"build_seconds\": " << build << ", \"seconds\": " << seconds
              << ", \"peak_bytes\": " << status("VmHWM:") - before << ", \"tier\": " << tier << ", \"score\": " << score
              << "}\n";
}

int main(int argc, char **argv) {
    const std::string method = argc == 3 ? argv[1] : "";
    if (method == "simplex")
        solve<lemon::NetworkSimplex<Graph, int, long long>>(Arrays(argv[2]));
    else if (method == "scaling")
        solve<lemon::CostScaling<Graph, int, long long>>(Arrays(argv[2]));
    else
        fail("usage: lemon simplex|scaling FOLDER");
}
