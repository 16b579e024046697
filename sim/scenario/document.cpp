#include "sim/scenario/document.hpp"

#include <algorithm>

#include "sim/scenario/toml.hpp"

namespace sim::scenario {
namespace {

constexpr std::size_t deepest_chain = 64;

class DocumentReader {
public:
    DocumentReader(Library& library, Errors& errors) : library_(library), errors_(errors) {}

    // Each file is read and merged once, however often it is extended.
    const Node* operator()(const std::shared_ptr<const Source>& source)
    {
        if (const auto known = finished_.find(source.get()); known != finished_.end()) return &known->second;
        if (failed_.count(source.get()) > 0) return nullptr;
        chain_.push_back(source.get());
        std::optional<Node> own = parse_toml(source, errors_);
        std::optional<Node> whole;
        if (own) whole = merged(std::move(*own));
        chain_.pop_back();
        if (!whole) return failed_[source.get()] = true, nullptr;
        sources_.push_back(source);
        return &finished_.emplace(source.get(), std::move(*whole)).first->second;
    }

private:
    std::optional<Node> merged(Node own)
    {
        auto& members = *own.as<Node::Table>();
        const auto extends = members.find("extends");
        if (extends == members.end()) return own;
        const Node names = extends->second;
        members.erase(extends);
        Node result;
        result.value = Node::Table{};
        bool is_whole = true;
        for (const Node& name : listed(names)) is_whole = add_base(result, name) && is_whole;
        if (!is_whole) return std::nullopt;
        merge(result, own);
        return result;
    }

    Node::Array listed(const Node& names)
    {
        if (names.as<std::string>() != nullptr) return {names};
        const auto* array = names.as<Node::Array>();
        const bool all_text = array != nullptr && std::all_of(array->begin(), array->end(), [](const Node& n) {
                                  return n.as<std::string>() != nullptr;
                              });
        if (all_text) return *array;
        errors_.add(names.where, "extends should be text or a list of texts, and is {}", names.kind())
            .help("extends = \"base.toml\"");
        return {};
    }

    bool add_base(Node& result, const Node& name)
    {
        const auto base = library_.open_base(*name.as<std::string>(), name.where, errors_);
        if (!base) return false;
        if (std::count(chain_.begin(), chain_.end(), base.get()) > 0) return report_cycle(*base, name.where);
        if (chain_.size() >= deepest_chain) {
            errors_.add(name.where, "more than {} scenarios extend one another", deepest_chain);
            return false;
        }
        const Node* document = (*this)(base);
        if (document != nullptr) merge(result, *document);
        return document != nullptr;
    }

    bool report_cycle(const Source& base, const Position& where)
    {
        std::string cycle;
        for (auto at = std::find(chain_.begin(), chain_.end(), &base); at != chain_.end(); ++at)
            cycle += (*at)->name + " -> ";
        errors_.add(where, "extends goes round in a circle: {}{}", cycle, base.name);
        return false;
    }

    Library& library_;
    Errors& errors_;
    std::vector<const Source*> chain_;
    std::vector<std::shared_ptr<const Source>> sources_;
    std::map<const Source*, Node> finished_;
    std::map<const Source*, bool> failed_;
};

std::vector<std::string> ids(const Node::Array& items)
{
    std::vector<std::string> result;
    for (const Node& item : items) result.push_back(item.text_at("id"));
    return result;
}

class Overrider {
public:
    Overrider(const KeyTable& table, std::shared_ptr<const Source> source, Errors& errors)
        : table_(table), source_(std::move(source)), errors_(errors)
    {
    }

    void operator()(Node& document, int line) const
    {
        const std::string text(source_->line(line));
        const std::size_t sign = text.find('=');
        if (sign == std::string::npos || sign == 0) {
            errors_.add({source_, line, 1}, "an override is KEY=VALUE").help("--set run.seed=7");
            return;
        }
        const std::string above(static_cast<std::size_t>(line - 1), '\n');
        Errors first;
        auto given = parse_toml(source_, above + text, first);
        if (!given && may_be_bare(text.substr(0, sign), text.substr(sign + 1)))
            given = parse_toml(source_, above + text.substr(0, sign + 1) + '"' + text.substr(sign + 1) + '"', first);
        if (given)
            lay(document, *given, "");
        else
            for (const Finding& finding : first.sorted())
                errors_.add_text(finding.where, finding.message).help(finding.help_text);
    }

private:
    [[nodiscard]] bool may_be_bare(const std::string& key, const std::string& value) const
    {
        const auto is_plain = [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                   std::string_view("_.:/+-").find(c) != std::string_view::npos;
        };
        if (value.empty() || !std::all_of(value.begin(), value.end(), is_plain)) return false;
        const Row* row = table_.find(key);
        if (row == nullptr) return std::isalpha(static_cast<unsigned char>(value.front())) != 0;
        return row->type == Row::Type::text || row->type == Row::Type::choice || row->type == Row::Type::file ||
               row->type == Row::Type::folder;
    }

    // Like merge, but a path goes through list items by their id.
    void lay(Node& base, const Node& over, const std::string& path) const
    {
        const auto* members = over.as<Node::Table>();
        const Row* row = table_.find(path);
        if (members == nullptr || (row != nullptr && row->type != Row::Type::items)) {
            base = over;
            return;
        }
        if (auto* items = base.as<Node::Array>()) {
            for (const auto& [id, change] : *members) into_item(*items, id, change, path);
            return;
        }
        if (base.as<Node::Table>() == nullptr) base = Node{Node::Table{}, over.where, over.key_where};
        for (const auto& [key, change] : *members) into_table(*base.as<Node::Table>(), key, change, join(path, key));
    }

    void into_table(Node::Table& table, const std::string& key, const Node& change, const std::string& path) const
    {
        const Row* row = table_.find(path);
        const bool is_list = row != nullptr && row->items && !row->items->named;
        if (is_list && table.count(key) == 0 && change.as<Node::Table>() != nullptr)
            errors_.add(change.key_where, "{} is empty here, so that there is nothing to change", path);
        else
            lay(table[key], change, path);
    }

    void into_item(Node::Array& items, const std::string& id, const Node& change, const std::string& path) const
    {
        for (Node& item : items)
            if (item.text_at("id") == id) return lay(item, change, join(path, id));
        errors_.add(change.key_where, "{} holds no item '{}'", path, id).help(suggestion(id, ids(items)));
    }

    const KeyTable& table_;
    std::shared_ptr<const Source> source_;
    Errors& errors_;
};

} // namespace

std::optional<Node> read_document(const std::shared_ptr<const Source>& source, Library& library, Errors& errors)
{
    DocumentReader reader(library, errors);
    const Node* document = reader(source);
    return document == nullptr ? std::nullopt : std::optional(*document);
}

void apply_overrides(Node& document, const std::vector<std::string>& overrides, const KeyTable& table, Library& library,
                     const std::shared_ptr<const Source>& scenario, Errors& errors)
{
    std::string text;
    for (const std::string& line : overrides) {
        const bool is_one_line = line.find_first_of(std::string_view("\n\0", 2)) == std::string::npos;
        if (!is_one_line)
            errors.add({std::make_shared<Source>(Source{"--set", line}), 1, 1}, "an override is one line");
        text += (is_one_line ? line : std::string("refused=0")) + "\n";
    }
    const auto source = std::make_shared<const Source>(Source{"--set", text});
    library.adopt(source, scenario);
    const Overrider apply(table, source, errors);
    for (std::size_t i = 0; i < overrides.size(); ++i)
        if (overrides[i].find('\n') == std::string::npos) apply(document, static_cast<int>(i) + 1);
}

} // namespace sim::scenario
